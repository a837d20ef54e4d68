package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.Team;
import dev.cofre.client.TeamMember;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.team.Standing;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Accepts a join that waits, after the words were compared.
@Command
final class MemberConfirm extends Verb {
  @Parameters(paramLabel = "MEMBER")
  private String named = "";

  @Override
  public Exit run(Run run) throws CofreException {
    Team team = run.cofre().team();
    TeamMember member = team.member(named);
    if (member.standing() != Standing.WAITING) {
      throw run.texts().halt(Exit.USAGE, "not-waiting", Visible.of(member.name()));
    }
    List<String> words = team.joinWords(member.id());
    run.terminal().say("member-confirm.words", member.name());
    Words.inLines(words).forEach(line -> run.terminal().say("line", line));
    run.terminal().confirm("member-confirm.ask", member.name());
    team.confirm(member.id());
    run.terminal()
        .result(
            new Confirmed(member.id(), words),
            run.texts().say("member-confirm.done", member.name()));
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND, Exit.STOPPED, Exit.CONFLICT);
  }

  private record Confirmed(MemberId memberId, List<String> words) {}
}
