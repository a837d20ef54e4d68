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

  /// Lines that a person types up to an empty one, or else all of standard input, of which 8 KiB count.
  static String lines(Run run, String prompt) {
    Shell shell = run.terminal().shell();
    String text = shell.isTerminal(Shell.Stream.IN) ? typed(run, prompt) : input(shell);
    if (text.isBlank()) {
      throw run.texts().halt(Exit.USAGE, "no-answer", run.texts().say(prompt).strip());
    }
    return text;
  }

  private static String typed(Run run, String prompt) {
    StringBuilder text = new StringBuilder();
    String next = run.texts().say(prompt);
    while (text.length() < LONGEST) {
      Optional<String> line = run.terminal().shell().keyboard().line(next);
      if (line.isEmpty() || line.get().isBlank()) {
        break;
      }
      text.append(line.get()).append('\n');
      next = "";
    }
    return text.toString();
  }

  private static Optional<String> firstLine(Shell shell) {
    return input(shell).lines().findFirst();
  }

  private static String input(Shell shell) {
    try {
      return new String(shell.in().readNBytes(LONGEST), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
