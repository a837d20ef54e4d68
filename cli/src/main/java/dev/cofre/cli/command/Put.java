package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Place;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Brings files and folders of this machine into a vault.
@Command
final class Put extends ContentVerb {
  @Parameters(index = "0..*", arity = "2..*", paramLabel = "LOCAL VAULT:/DIR/")
  private List<String> paths = new ArrayList<>();

  @Override
  public Exit run(Run run) throws CofreException {
    Place.InVault target = Place.parseInVault(paths.getLast(), run.texts());
    List<Path> sources = new ArrayList<>();
    for (String typed : paths.subList(0, paths.size() - 1)) {
      Place.Local local = Place.parseLocal(typed, run.texts());
      sources.add(LocalFiles.existing(run, local.path()));
    }
    if (sources.size() > 1 && !target.isDirectory()) {
      throw run.texts().halt(Exit.USAGE, "put-many", Visible.of(target.toString()));
    }
    Outcomes outcomes = Outcomes.ofTransfers(run);
    Vault vault = run.vault(target.vault());
    try (Transfer transfer = new Transfer(run.terminal())) {
      outcomes.add(vault.put(sources, target.path(), transfer));
    }
    return outcomes.show();
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.PARTLY, Exit.NOT_FOUND, Exit.CONFLICT);
  }
}
