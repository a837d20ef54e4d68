package dev.cofre.client;

import java.util.List;

/// The conversation with the person who adds a device.
public interface Pairing {
  /// Shows the link to enter on the new device. It holds a secret.
  void show(String link);

  /// Asks whether the new device shows the same eight words.
  Answer compare(List<String> words);

  /// Whether two people, or two screens, see the same words.
  enum Answer {
    /// They do.
    SAME,
    /// They do not: somebody stands in between.
    DIFFERENT
  }
}
