package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Unlocks the device for the commands that follow, until it is locked or nobody uses it for a while.
@Command
final class Unlock extends Verb {
  @Option(names = "--for", paramLabel = "TIME")
  private String idle = "15m";

  @Override
  public Exit run(Run run) throws CofreException, IOException {
    Duration span = Spans.parse(run, idle);
    run.requireDevice();
    try (SecretBytes key = Unlocking.key(run)) {
      run.agent().keep(key, span);
    }
    run.terminal()
        .result(new Unlocked(true, span.toSeconds()), run.texts().say("unlock.done", idle));
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return local(Exit.LOCAL_STATE, Exit.INTERRUPTED);
  }

  private record Unlocked(boolean unlocked, long idleSeconds) {}
}
