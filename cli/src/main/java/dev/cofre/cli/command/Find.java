package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Finds files of a vault by a pattern.
@Command
final class Find extends Verb {
  @Parameters(index = "0", paramLabel = "VAULT")
  private String named = "";

  @Parameters(index = "1", paramLabel = "GLOB")
  private String glob = "";

  @Option(names = "-l")
  private boolean details;

  @Override
  public Exit run(Run run) throws CofreException {
    Vault vault = run.vault(named);
    List<FileLine> lines = Globs.find(run, vault, glob).stream().map(FileLine::of).toList();
    run.terminal().results(lines, () -> FileLine.table(run, lines, details));
    if (lines.isEmpty()) {
      throw run.texts().halt(Exit.NOT_FOUND, "no-match", Visible.of(glob));
    }
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND);
  }
}
