package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.InviteRequest;
import dev.cofre.client.NewInvitation;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.JoinMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a link with which one person can join the team.
@Command
final class Invite extends Verb {
  @Parameters(paramLabel = "EMAIL", arity = "0..*")
  private List<String> emails = new ArrayList<>();

  @Option(names = "--role", paramLabel = "ROLE")
  private String role = "member";

  @Option(names = "--vault", paramLabel = "VAULT:ROLE")
  private List<String> vaults = new ArrayList<>();

  @Option(names = "--expires", paramLabel = "TIME")
  private String expires = "7d";

  @Option(names = "--confirm")
  private boolean confirm;

  @Option(names = "--dry-run")
  private boolean dryRun;

  @Override
  public Exit run(Run run) throws CofreException {
    if (emails.isEmpty()) {
      throw run.texts().halt(Exit.USAGE, "invite-nobody");
    }
    emails.forEach(email -> Persons.of(run, email, email));
    TeamRole teamRole = Words.teamRole(run, role);
    Duration open = Spans.parse(run, expires);
    Map<VaultId, VaultRole> into = vaultRoles(run);
    JoinMode mode = confirm ? JoinMode.AFTER_CONFIRMATION : JoinMode.AT_ONCE;
    for (String email : emails) {
      if (dryRun) {
        run.terminal()
            .say(
                "invite.would",
                email,
                Words.of(run.texts(), teamRole),
                vaults.isEmpty() ? "-" : String.join(", ", vaults));
      } else {
        NewInvitation made =
            run.cofre().team().invite(new InviteRequest(email, teamRole, into, open, mode));
        run.terminal()
            .result(new Made(made.link(), made.invite(), made.expires(), email), made.link());
        run.terminal().say("invite.done", email, run.terminal().figures().moment(made.expires()));
      }
    }
    if (!dryRun) {
      run.terminal().say(confirm ? "invite.next-confirm" : "invite.next");
    }
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND);
  }

  private Map<VaultId, VaultRole> vaultRoles(Run run) throws CofreException {
    Map<VaultId, VaultRole> roles = new LinkedHashMap<>();
    for (String typed : vaults) {
      int colon = typed.lastIndexOf(':');
      if (colon < 1) {
        throw run.texts().halt(Exit.USAGE, "invite-vault", Visible.of(typed));
      }
      VaultRole vaultRole = Words.vaultRole(run, typed.substring(colon + 1));
      roles.put(run.vault(typed.substring(0, colon)).id(), vaultRole);
    }
    return roles;
  }

  private record Made(String link, InviteId inviteId, Instant expires, String email) {}
}
