package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Place;
import dev.cofre.client.failure.CofreException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Brings a deleted file back, or makes an older version the current one.
@Command
final class Restore extends Verb {
  @Parameters(paramLabel = "VAULT:/PATH")
  private String path = "";

  @Option(names = "--version", paramLabel = "N")
  private @Nullable Integer version;

  @Override
  public Exit run(Run run) throws CofreException {
    Place.InVault place = Place.parseInVault(path, run.texts());
    Outcomes outcomes = Outcomes.of(run, "restored");
    outcomes.add(
        List.of(run.vault(place.vault()).restore(place.path(), Optional.ofNullable(version))));
    return outcomes.show();
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND, Exit.CONFLICT);
  }
}
