package dev.cofre.cli.terminal;

import java.util.Optional;

/// Where answers of a person come from. Empty when nobody is there to answer, or the answer ended without a line.
public interface Keyboard {
  /// Shows the prompt and reads a line.
  Optional<String> line(String prompt);

  /// Shows the prompt and reads a line without showing it; the caller wipes the characters.
  Optional<char[]> secret(String prompt);

  /// Nobody there.
  static Keyboard nobody() {
    return new Keyboard() {
      @Override
      public Optional<String> line(String prompt) {
        return Optional.empty();
      }

      @Override
      public Optional<char[]> secret(String prompt) {
        return Optional.empty();
      }
    };
  }
}
