package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Place;
import dev.cofre.cli.terminal.Table;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.Vault;
import dev.cofre.client.Version;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows all versions of a file, of a deleted one too.
@Command
final class History extends Verb {
  @Parameters(paramLabel = "VAULT:/PATH")
  private String path = "";

  @Option(names = "--version", paramLabel = "N")
  private @Nullable Integer version;

  @Override
  public Exit run(Run run) throws CofreException {
    Place.InVault place = Place.parseInVault(path, run.texts());
    Vault vault = run.vault(place.vault());
    List<Line> lines =
        vault.history(place.path()).stream()
            .filter(line -> version == null || line.number() == version)
            .map(Line::of)
            .toList();
    if (lines.isEmpty()) {
      throw run.texts().halt(Exit.NOT_FOUND, "version-missing", Visible.of(place.toString()));
    }
    run.terminal().results(lines, () -> table(run, lines));
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND);
  }

  private static Table table(Run run, List<Line> lines) {
    Table table = Table.rightAligned(0, 3);
    for (Line line : lines) {
      table.row(
          line.version(),
          run.terminal().figures().moment(line.time()),
          line.author(),
          run.terminal().figures().size(line.size()),
          Words.of(run.texts(), line.state()),
          line.path());
    }
    return table;
  }

  private record Line(
      int version,
      Instant time,
      String author,
      MemberId authorId,
      long size,
      Version.State state,
      String path,
      RevisionId revisionId) {
    static Line of(Version version) {
      return new Line(
          version.number(),
          version.time(),
          version.authorName(),
          version.author(),
          version.size(),
          version.state(),
          version.path(),
          version.revision());
    }
  }
}
