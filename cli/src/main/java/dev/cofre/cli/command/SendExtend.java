package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.SendId;
import java.time.Instant;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lets a send be opened for longer.
@Command
final class SendExtend extends Verb {
  @Parameters(paramLabel = "SEND")
  private String id = "";

  @Option(names = "--expires", paramLabel = "TIME", required = true)
  private String expires = "";

  @Override
  public Exit run(Run run) throws CofreException {
    Instant until = SendTimes.parse(run, expires);
    SentLine.Found found = SentLine.find(run, id);
    if (!until.isAfter(found.line().expires())) {
      throw run.texts()
          .halt(
              Exit.USAGE, "send-shorter", run.terminal().figures().moment(found.line().expires()));
    }
    found.sends().extend(found.line().id(), until);
    run.terminal()
        .result(
            new Done(found.line().id(), until),
            run.texts()
                .say(
                    "send-extend.done",
                    Words.shortId(found.line().id()),
                    run.terminal().figures().moment(until)));
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND, Exit.CONFLICT);
  }

  private record Done(SendId sendId, Instant expires) {}
}
