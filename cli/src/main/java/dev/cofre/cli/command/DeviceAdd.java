package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Halt;
import dev.cofre.client.Pairing;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.DeviceId;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;

/// Adds a device of this member: shows a link for it, waits, and asks to compare words.
@Command
final class DeviceAdd extends Verb {
  @Override
  public Exit run(Run run) throws CofreException {
    DeviceId added = run.cofre().team().pair(new AtTheTerminal(run));
    run.terminal()
        .result(new Added(added), run.texts().say("device-add.done", Words.shortId(added)));
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.STOPPED);
  }

  private record AtTheTerminal(Run run) implements Pairing {
    @Override
    public void show(String link) {
      run.terminal().say("device-add.link");
      run.terminal().result(new Link(link), link);
      run.terminal().out().flush();
    }

    @Override
    public Answer compare(List<String> words) {
      run.terminal().say("device-add.words");
      Words.inLines(words).forEach(line -> run.terminal().say("line", line));
      try {
        run.terminal().confirm("device-add.ask");
        return Answer.SAME;
      } catch (Halt e) {
        if (e.complaint().exit() == Exit.USAGE) {
          throw e;
        }
        return Answer.DIFFERENT;
      }
    }
  }

  private record Link(String link) {}

  private record Added(DeviceId deviceId) {}
}
