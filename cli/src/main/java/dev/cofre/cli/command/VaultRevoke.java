package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.RemovalReport;
import dev.cofre.client.TeamMember;
import dev.cofre.client.Vault;
import dev.cofre.client.VaultMember;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultRole;
import java.util.List;
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
  public Exit run(Run run) throws CofreException, InterruptedException {
    Vault vault = run.vault(named);
    TeamMember member = run.cofre().team().member(from);
    boolean abandons = managers(vault).equals(List.of(member.id()));
    if (dryRun) {
      run.terminal().say("vault-revoke.would", member.name(), vault.name());
      if (abandons) {
        run.terminal().say("member-remove.would-abandon", vault.name());
      }
      return Exit.DONE;
    }
    if (abandons && !abandon) {
      throw run.texts()
          .halt(
              Exit.STOPPED,
              "leaves-no-manager",
              Visible.of(member.name()),
              Visible.of(vault.name()));
    }
    run.terminal().confirm("vault-revoke.ask", member.name(), vault.name());
    RemovalReport report =
        vault.revoke(member.id(), abandon ? Vault.Abandon.ACKNOWLEDGED : Vault.Abandon.NEVER);
    return Removals.finish(run, report, member.name(), reencrypt);
  }

  private static List<MemberId> managers(Vault vault) throws CofreException {
    return vault.members().stream()
        .filter(member -> member.role() == VaultRole.MANAGER)
        .map(VaultMember::id)
        .toList();
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.PARTLY, Exit.NOT_FOUND, Exit.STOPPED, Exit.CONFLICT);
  }
}
