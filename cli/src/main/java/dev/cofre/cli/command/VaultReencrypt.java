package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.VaultId;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Seals what is in a vault again under keys that nobody had whose access has ended; goes on where an earlier run was interrupted.
@Command
final class VaultReencrypt extends ContentVerb {
  @Parameters(paramLabel = "VAULT")
  private String named = "";

  @Override
  public Exit run(Run run) throws CofreException, InterruptedException {
    Renewing.Result result = Renewing.of(run, named);
    run.terminal()
        .result(
            new Renewed(result.vault(), result.current(), result.fresh(), result.failed()),
            run.texts().say("reencrypt.done", result.fresh(), result.current()));
    return result.exit();
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.PARTLY, Exit.NOT_FOUND, Exit.CONFLICT);
  }

  private record Renewed(
      VaultId vaultId, long filesTotal, long filesReencrypted, List<Outcomes.Line> failed) {}
}
