package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import java.util.Set;
import picocli.CommandLine.Command;

/// A word that only introduces verbs, such as `team`. On its own it shows them.
@Command
final class Group extends Verb {
  @Override
  public Exit run(Run run) {
    throw new IllegalStateException("a group is shown, not run");
  }

  @Override
  public Set<Exit> exits() {
    return Set.of(Exit.DONE, Exit.USAGE);
  }
}
