package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.RemovalReport;
import dev.cofre.client.TeamMember;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Ends a member's role in a vault.
@Command
final class VaultRevoke extends Verb {
  @Parameters(index = "0", paramLabel = "VAULT")
  private String named = "";

  @Parameters(index = "1", paramLabel = "MEMBER")
  private String from = "";

  @Option(names = "--re-encrypt")
  private boolean reencrypt;

  @Option(names = "--leave-without-manager")
  private boolean abandon;

  @Option(names = "--dry-run")
  private boolean dryRun;

  @Override
  public Exit run(Run run) throws CofreException {
    Vault vault = run.vault(named);
    TeamMember member = run.cofre().team().member(from);
    if (dryRun) {
      run.terminal().say("vault-revoke.would", member.name(), vault.name());
      return Exit.DONE;
    }
    run.terminal().confirm("vault-revoke.ask", member.name(), vault.name());
    try (Transfer transfer = new Transfer(run.terminal())) {
      RemovalReport report =
          vault.revoke(
              member.id(),
              Removals.reencrypt(reencrypt),
              abandon ? Vault.Abandon.ACKNOWLEDGED : Vault.Abandon.NEVER,
              transfer);
      transfer.clear();
      return Removals.report(run, report, member.name());
    }
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.PARTLY, Exit.NOT_FOUND, Exit.STOPPED, Exit.CONFLICT);
  }
}
