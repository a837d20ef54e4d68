package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Answers that a verb cannot do without.
final class Answers {
  private static final int LONGEST = 8192;

  private Answers() {}

  /// A line that a person types, or else the first line of standard input.
  static String line(Run run, String prompt) {
    Shell shell = run.terminal().shell();
    return (shell.isTerminal(Shell.Stream.IN)
            ? shell.keyboard().line(run.texts().say(prompt))
            : firstLine(shell))
        .map(String::strip)
        .filter(answer -> !answer.isEmpty())
        .orElseThrow(
            () -> run.texts().halt(Exit.USAGE, "no-answer", run.texts().say(prompt).strip()));
  }

  private static Optional<String> firstLine(Shell shell) {
    try {
      byte[] bytes = shell.in().readNBytes(LONGEST);
      return new String(bytes, StandardCharsets.UTF_8).lines().findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
