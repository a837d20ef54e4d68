package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Table;
import dev.cofre.client.TeamMember;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.team.Standing;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/// Lists everybody who ever joined.
@Command
final class MemberList extends Verb {
  @Override
  public Exit run(Run run) throws CofreException {
    List<Line> lines = run.cofre().team().members().stream().map(Line::of).toList();
    run.terminal()
        .results(
            lines,
            () -> {
              Table table = Table.left();
              lines.forEach(line ->
                  table.row(
                      Words.shortId(line.memberId()),
                      line.name(),
                      line.email(),
                      Words.of(run.texts(), line.role()),
                      Words.of(run.texts(), line.standing()),
                      run.terminal().figures().moment(line.joined())));
              return table;
            });
    return Exit.DONE;
  }

  private record Line(
      MemberId memberId,
      String name,
      String email,
      TeamRole role,
      Standing standing,
      Instant joined) {
    static Line of(TeamMember member) {
      return new Line(
          member.id(),
          member.name(),
          member.email(),
          member.role(),
          member.standing(),
          member.joined());
    }
  }
}
