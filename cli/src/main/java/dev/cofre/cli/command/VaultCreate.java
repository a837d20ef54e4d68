package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.VaultId;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Starts a vault, with this member as its manager.
@Command
final class VaultCreate extends Verb {
  @Parameters(paramLabel = "NAME")
  private String name = "";

  @Override
  public Exit run(Run run) throws CofreException {
    if (name.isBlank() || name.contains(":") || name.contains("/") || name.startsWith(".")) {
      throw run.texts().halt(Exit.USAGE, "vault-name", Visible.of(name));
    }
    Vault vault = run.cofre().createVault(name);
    run.terminal()
        .result(
            new Created(vault.id(), vault.name()),
            run.texts().say("vault-create.done", vault.name()));
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.CONFLICT);
  }

  private record Created(VaultId vaultId, String name) {}
}
