package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Table;
import dev.cofre.cli.terminal.Texts;
import dev.cofre.client.WhoAmI;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.team.Standing;
import java.net.URI;
import java.util.Set;
import picocli.CommandLine.Command;

/// Says whose device this is, and of which team.
@Command
final class ShowMe extends Verb {
  @Override
  public Exit run(Run run) throws CofreException {
    WhoAmI who = run.cofre().whoAmI();
    Texts texts = run.texts();
    Me me =
        new Me(
            who.team(),
            who.teamName(),
            who.member(),
            who.memberName(),
            who.role(),
            who.standing(),
            who.device(),
            who.server());
    run.terminal()
        .result(
            me,
            () ->
                Table.left()
                    .row(texts.say("label.member"), me.name())
                    .row(texts.say("label.role"), Words.of(texts, me.role()))
                    .row(texts.say("label.standing"), Words.of(texts, me.standing()))
                    .row(texts.say("label.team"), me.teamName())
                    .row(texts.say("label.device"), Words.shortId(me.deviceId()))
                    .row(texts.say("label.server"), me.server())
                    .lines());
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return local(Exit.LOCAL_STATE);
  }

  private record Me(
      TeamId teamId,
      String teamName,
      MemberId memberId,
      String name,
      TeamRole role,
      Standing standing,
      DeviceId deviceId,
      URI server) {}
}
