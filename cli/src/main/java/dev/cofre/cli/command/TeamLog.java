package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Table;
import dev.cofre.client.EntryLine;
import dev.cofre.client.Team;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/// Shows the team's signed log, readable.
@Command
final class TeamLog extends Verb {
  @Override
  public Exit run(Run run) throws CofreException {
    Team team = run.cofre().team();
    List<EntryLine> entries = team.entries();
    EntryStory story = new EntryStory(run.texts(), team.members(), VaultNames.of(run));
    List<Line> lines = entries.stream().map(entry -> Line.of(entry, story)).toList();
    run.terminal()
        .results(
            lines,
            () -> {
              Table table = Table.rightAligned(0);
              lines.forEach(line ->
                  table.row(
                      line.seq(),
                      run.terminal().figures().moment(line.time()),
                      line.author(),
                      line.what()));
              return table;
            });
    return Exit.DONE;
  }

  private record Line(
      long seq,
      Hash hash,
      Instant time,
      String author,
      MemberId authorId,
      DeviceId deviceId,
      String kind,
      String what) {
    static Line of(EntryLine entry, EntryStory story) {
      return new Line(
          entry.seq(),
          entry.hash(),
          entry.time(),
          entry.authorName(),
          entry.author(),
          entry.device(),
          EntryStory.kind(entry.body()),
          story.tell(entry.body()));
    }
  }
}
