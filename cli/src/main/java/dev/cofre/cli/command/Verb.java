package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Terminal;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.remote.Limits;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/// Something that can be asked of Cofre. Its fields are what was typed; an instance runs once.
public abstract class Verb {
  Verb() {}

  /// Does it.
  ///
  /// @throws dev.cofre.cli.terminal.Halt when it cannot be done for a reason that only the command line knows
  public abstract Exit run(Run run) throws CofreException, IOException, InterruptedException;

  /// How it can end.
  public Set<Exit> exits() {
    return withServer();
  }

  /// How a verb that talks to the server can end, and further ways.
  static Set<Exit> withServer(Exit... more) {
    Set<Exit> exits =
        EnumSet.of(
            Exit.DONE,
            Exit.UNEXPECTED,
            Exit.USAGE,
            Exit.REFUSED,
            Exit.UNREACHABLE,
            Exit.LOCAL_STATE,
            Exit.INTEGRITY,
            Exit.INTERRUPTED);
    exits.addAll(Set.of(more));
    return exits;
  }

  /// How a verb that stays on this machine can end, and further ways.
  static Set<Exit> local(Exit... more) {
    Set<Exit> exits = EnumSet.of(Exit.DONE, Exit.UNEXPECTED, Exit.USAGE);
    exits.addAll(Set.of(more));
    return exits;
  }

  /// How fast it may move contents, such as those that a removal seals again.
  Limits limits(Terminal terminal) {
    return new Rates().limits(terminal);
  }
}
