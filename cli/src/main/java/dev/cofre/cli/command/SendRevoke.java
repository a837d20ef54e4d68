package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.SendId;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Ends a send: its link opens nothing any more.
@Command
final class SendRevoke extends Verb {
  @Parameters(paramLabel = "SEND")
  private String id = "";

  @Option(names = "--dry-run")
  private boolean dryRun;

  @Override
  public Exit run(Run run) throws CofreException {
    SentLine.Found found = SentLine.find(run, id);
    SentLine line = SentLine.of(found.vault().id(), found.line(), java.util.Optional.empty());
    String named = Words.shortId(line.sendId()) + (line.to().isEmpty() ? "" : " " + line.to());
    if (dryRun) {
      run.terminal().say("send-revoke.would", named);
      return Exit.DONE;
    }
    run.terminal().confirm("send-revoke.ask", named);
    found.sends().end(line.sendId());
    run.terminal().result(new Done(line.sendId()), run.texts().say("send-revoke.done", named));
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND, Exit.STOPPED, Exit.CONFLICT);
  }

  private record Done(SendId sendId) {}
}
