package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.Team;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.TeamId;
import picocli.CommandLine.Command;

/// Verifies every signature and rule of the team's log again, from its beginning.
@Command
final class TeamVerify extends Verb {
  @Override
  public Exit run(Run run) throws CofreException {
    Team team = run.cofre().team();
    long entries = team.verify();
    Head head = team.head();
    run.terminal()
        .result(
            new Verified(team.id(), entries, head.hash()),
            run.texts().say("team-verify.done", entries, head.hash().hex()));
    return Exit.DONE;
  }

  private record Verified(TeamId teamId, long entries, Hash head) {}
}
