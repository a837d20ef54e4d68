package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Table;
import dev.cofre.client.CommitLine;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows a vault's signed history, and waits for more if asked to.
@Command
final class Log extends Verb {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Parameters(paramLabel = "VAULT")
  private String named = "";

  @Option(names = {"-f", "--follow"})
  private boolean follow;

  @Override
  public Exit run(Run run) throws CofreException, InterruptedException {
    long after = show(run, 0);
    while (follow) {
      run.rest(PAUSE);
      after = show(run, after);
    }
    return Exit.DONE;
  }

  /// Shows what came after a commit, and returns the last one shown.
  private long show(Run run, long after) throws CofreException {
    List<Line> lines = run.vault(named).log(after).stream().map(Line::of).toList();
    if (lines.isEmpty()) {
      return after;
    }
    run.terminal().results(lines, () -> table(run, lines));
    run.terminal().out().flush();
    return lines.getLast().seq();
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND);
  }

  private static Table table(Run run, List<Line> lines) {
    Table table = Table.rightAligned(0);
    for (Line line : lines) {
      table.row(
          line.seq(),
          run.terminal().figures().moment(line.time()),
          line.author(),
          line.changes().stream().map(c -> c.text(run)).collect(Collectors.joining("; ")));
    }
    return table;
  }

  private record Line(
      long seq,
      Hash hash,
      Instant time,
      String author,
      MemberId authorId,
      DeviceId deviceId,
      long teamSeq,
      CommitLine.Knowledge knowledge,
      List<Change> changes) {
    static Line of(CommitLine line) {
      return new Line(
          line.seq(),
          line.hash(),
          line.time(),
          line.authorName(),
          line.author(),
          line.device(),
          line.teamSeq(),
          line.knowledge(),
          line.changes().stream().map(c -> new Change(c.kind(), c.file(), c.path())).toList());
    }
  }

  private record Change(CommitLine.ChangeLine.Kind kind, FileId fileId, String path) {
    String text(Run run) {
      if (kind == CommitLine.ChangeLine.Kind.NAMED) {
        return run.texts().say("log.named");
      }
      return Words.of(run.texts(), kind) + " " + (path.isEmpty() ? Words.shortId(fileId) : path);
    }
  }
}
