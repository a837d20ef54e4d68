package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.Team;
import dev.cofre.client.TeamMember;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.report.Change;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamRole;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Changes a member's role in the team.
@Command
final class MemberRole extends Verb {
  @Parameters(index = "0", paramLabel = "MEMBER")
  private String named = "";

  @Parameters(index = "1", paramLabel = "ROLE")
  private String role = "";

  @Option(names = "--dry-run")
  private boolean dryRun;

  @Override
  public Exit run(Run run) throws CofreException {
    TeamRole wanted = Words.teamRole(run, role);
    Team team = run.cofre().team();
    TeamMember member = team.member(named);
    String word = Words.of(run.texts(), wanted);
    if (dryRun) {
      run.terminal().say("member-role.would", member.name(), word);
      return Exit.DONE;
    }
    Change change = team.changeRole(member.id(), wanted);
    run.terminal()
        .result(
            new Changed(member.id(), wanted, change),
            run.texts().say(Words.outcome("member-role", change), member.name(), word));
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND, Exit.CONFLICT);
  }

  private record Changed(MemberId memberId, TeamRole role, Change change) {}
}
