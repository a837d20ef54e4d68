package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.report.Change;
import dev.cofre.protocol.InviteId;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Closes an invitation, or declines the join that waits on it.
@Command
final class InviteCancel extends Verb {
  @Parameters(paramLabel = "ID")
  private String id = "";

  @Option(names = "--dry-run")
  private boolean dryRun;

  @Override
  public Exit run(Run run) throws CofreException {
    InviteId invite =
        Matching.one(
            run,
            id,
            run.cofre().team().invitations().stream().map(i -> i.invite().invite()).toList());
    if (dryRun) {
      run.terminal().say("invite-cancel.would", Words.shortId(invite));
      return Exit.DONE;
    }
    run.terminal().confirm("invite-cancel.ask", Words.shortId(invite));
    Change change = run.cofre().team().cancel(invite);
    run.terminal()
        .result(
            new Cancelled(invite, change),
            run.texts().say(Words.outcome("invite-cancel", change), Words.shortId(invite)));
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND, Exit.STOPPED);
  }

  private record Cancelled(InviteId inviteId, Change change) {}
}
