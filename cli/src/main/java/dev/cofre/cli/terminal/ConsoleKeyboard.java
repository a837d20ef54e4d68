package dev.cofre.cli.terminal;

import java.io.Console;
import java.util.Optional;

/// The person at the process's own terminal, when both input and output are one.
final class ConsoleKeyboard implements Keyboard {
  private final Console console;

  ConsoleKeyboard(Console console) {
    this.console = console;
  }

  @Override
  public Optional<String> line(String prompt) {
    return Optional.ofNullable(console.readLine("%s", prompt));
  }

  @Override
  public Optional<char[]> secret(String prompt) {
    return Optional.ofNullable(console.readPassword("%s", prompt));
  }
}
