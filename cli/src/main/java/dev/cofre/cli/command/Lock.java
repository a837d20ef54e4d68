package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import java.util.Set;
import picocli.CommandLine.Command;

/// Locks the device: the agent ends and its key is gone.
@Command
final class Lock extends Verb {
  @Override
  public Exit run(Run run) {
    boolean was = run.agent().forget();
    run.terminal().result(new Locked(true, was), run.texts().say(was ? "lock.done" : "lock.was"));
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return local();
  }

  private record Locked(boolean locked, boolean wasUnlocked) {}
}
