package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.RemovalReport;
import dev.cofre.client.Team;
import dev.cofre.client.TeamMember;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.VaultId;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Ends a membership: nothing more is served to the member, and what is written from now on is out of their reach.
@Command
final class MemberRemove extends Verb {
  @Parameters(paramLabel = "MEMBER")
  private String named = "";

  @Option(names = "--re-encrypt")
  private boolean reencrypt;

  @Option(names = "--leave-without-manager")
  private boolean abandon;

  @Option(names = "--dry-run")
  private boolean dryRun;

  @Override
  public Exit run(Run run) throws CofreException, InterruptedException {
    Team team = run.cofre().team();
    TeamMember member = team.member(named);
    VaultNames names = VaultNames.of(run);
    Set<VaultId> orphans = team.abandonedBy(member.id());
    String orphaned = orphans.stream().map(names::of).sorted().collect(Collectors.joining(", "));
    if (dryRun) {
      String vaults =
          member.vaults().keySet().stream()
              .map(names::of)
              .sorted()
              .collect(Collectors.joining(", "));
      run.terminal().say("member-remove.would", member.name(), vaults);
      if (!orphans.isEmpty()) {
        run.terminal().say("member-remove.would-abandon", orphaned);
      }
      return Exit.DONE;
    }
    if (!orphans.isEmpty() && !abandon) {
      throw run.texts()
          .halt(Exit.STOPPED, "leaves-no-manager", Visible.of(member.name()), Visible.of(orphaned));
    }
    run.terminal().confirm("member-remove.ask", member.name());
    RemovalReport report = team.remove(member.id(), abandon ? orphans : Set.of());
    return Removals.finish(run, report, member.name(), reencrypt);
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.PARTLY, Exit.NOT_FOUND, Exit.STOPPED, Exit.CONFLICT);
  }
}
