package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Table;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/// Lists the vaults that this member is in.
@Command
final class VaultList extends Verb {
  @Override
  public Exit run(Run run) throws CofreException {
    List<Line> lines = run.cofre().vaults().stream().map(Line::of).toList();
    run.terminal()
        .results(
            lines,
            () -> {
              Table table = Table.left();
              lines.forEach(line ->
                  table.row(
                      Words.shortId(line.vaultId()),
                      Words.vault(run.texts(), line.name(), line.formerName()),
                      line.role().map(role -> Words.of(run.texts(), role)).orElse("-")));
              return table;
            });
    return Exit.DONE;
  }

  private record Line(
      VaultId vaultId,
      String name,
      Optional<String> formerName,
      Optional<VaultRole> role,
      long commits) {
    static Line of(Vault vault) {
      return new Line(
          vault.id(), vault.name(), vault.formerName(), vault.role(), vault.head().seq());
    }
  }
}
