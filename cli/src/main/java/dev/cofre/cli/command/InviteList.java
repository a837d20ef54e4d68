package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Table;
import dev.cofre.client.Team;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.team.Invitation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/// Lists invitations and what became of them.
@Command
final class InviteList extends Verb {
  @Override
  public Exit run(Run run) throws CofreException {
    Team team = run.cofre().team();
    Instant now = run.surroundings().clock().instant();
    List<Line> lines =
        team.invitations().stream()
            .map(each -> Line.of(each, now, team.invited(each.invite().invite())))
            .toList();
    run.terminal()
        .results(
            lines,
            () -> {
              Table table = Table.left();
              lines.forEach(line ->
                  table.row(
                      Words.shortId(line.inviteId()),
                      run.texts().say("word." + line.state()),
                      Words.of(run.texts(), line.role()),
                      run.terminal().figures().moment(line.expires()),
                      line.email().orElse("")));
              return table;
            });
    return Exit.DONE;
  }

  private record Line(
      InviteId inviteId,
      String state,
      TeamRole role,
      Instant expires,
      MemberId inviter,
      Optional<String> email) {
    static Line of(Invitation invitation, Instant now, Optional<String> email) {
      Instant expires = Instant.ofEpochMilli(invitation.invite().expires());
      String state =
          switch (invitation.state()) {
            case Invitation.State.Open _ -> expires.isAfter(now) ? "open" : "expired";
            case Invitation.State.Waiting _ -> "waiting";
            case Invitation.State.Used _ -> "used";
            case Invitation.State.Cancelled _ -> "cancelled";
          };
      return new Line(
          invitation.invite().invite(),
          state,
          invitation.invite().role(),
          expires,
          invitation.inviter(),
          email);
    }
  }
}
