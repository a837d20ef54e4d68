package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Place;
import dev.cofre.client.failure.CofreException;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Renames a file, or a directory with everything below it, within a vault.
@Command
final class Mv extends Verb {
  @Parameters(index = "0", paramLabel = "VAULT:/FROM")
  private String from = "";

  @Parameters(index = "1", paramLabel = "VAULT:/TO")
  private String to = "";

  @Override
  public Exit run(Run run) throws CofreException {
    Place.InVault source = Place.parseInVault(from, run.texts());
    Place.InVault target = Place.parseInVault(to, run.texts());
    if (!source.vault().equals(target.vault())) {
      throw run.texts().halt(Exit.USAGE, "mv-two-vaults");
    }
    Outcomes outcomes = Outcomes.of(run, "moved");
    outcomes.add(run.vault(source.vault()).move(source.path(), target.path()));
    return outcomes.show();
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.PARTLY, Exit.NOT_FOUND, Exit.CONFLICT);
  }
}
