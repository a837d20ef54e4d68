package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.protocol.Id;
import java.util.List;
import java.util.Locale;

/// Finds the one id that begins as typed.
final class Matching {
  private Matching() {}

  /// @throws dev.cofre.cli.terminal.Halt when none begins so, or more than one
  static <T extends Id> T one(Run run, String typed, List<T> ids) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    List<T> found =
        wanted.length() < 4
            ? List.of()
            : ids.stream().filter(id -> id.hex().startsWith(wanted)).toList();
    return switch (found.size()) {
      case 0 -> throw run.texts().halt(Exit.NOT_FOUND, "id-unknown", Visible.of(typed));
      case 1 -> found.getFirst();
      default -> throw run.texts().halt(Exit.USAGE, "id-ambiguous", Visible.of(typed));
    };
  }
}
