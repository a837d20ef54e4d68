package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Table;
import dev.cofre.cli.terminal.Texts;
import dev.cofre.client.Team;
import dev.cofre.client.TeamMember;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.team.Standing;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Command;

/// Shows the team: its name, size and where its log stands.
@Command
final class TeamShow extends Verb {
  @Override
  public Exit run(Run run) throws CofreException {
    Team team = run.cofre().team();
    List<TeamMember> members = team.members();
    Head head = team.head();
    Shown shown =
        new Shown(
            team.id(),
            team.name(),
            run.cofre().whoAmI().server(),
            members.stream().filter(m -> m.standing() == Standing.CONFIRMED).count(),
            members.stream().filter(m -> m.standing() == Standing.WAITING).count(),
            head.seq() + 1,
            head.hash());
    Texts texts = run.texts();
    run.terminal()
        .result(
            shown,
            () ->
                Table.left()
                    .row(texts.say("label.team"), shown.name())
                    .row(texts.say("label.id"), shown.teamId().hex())
                    .row(texts.say("label.server"), shown.server())
                    .row(texts.say("label.members"), shown.members())
                    .row(texts.say("label.waiting"), shown.waiting())
                    .row(texts.say("label.head"), head.seq() + " " + shown.head().hex())
                    .lines());
    return Exit.DONE;
  }

  private record Shown(
      TeamId teamId,
      String name,
      URI server,
      long members,
      long waiting,
      long entries,
      Hash head) {}
}
