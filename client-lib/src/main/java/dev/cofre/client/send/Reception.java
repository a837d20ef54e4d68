package dev.cofre.client.send;

import dev.cofre.client.report.Outcome;
import java.util.List;
import java.util.Optional;

/// What came of an opened send. Names, note and text are its sender's: any text.
///
/// @param files what became of each file
public record Reception(String sender, String note, Optional<String> text, List<Outcome> files) {
  /// Copies the list.
  public Reception {
    files = List.copyOf(files);
  }

  /// Whether nothing is missing.
  public boolean isWhole() {
    return files.stream().allMatch(outcome -> outcome.failure().isEmpty());
  }

  @Override
  public String toString() {
    return "Reception[" + files.size() + " files]";
  }
}
