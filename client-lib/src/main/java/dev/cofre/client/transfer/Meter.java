package dev.cofre.client.transfer;

/// Counts content that has crossed; called from several threads.
@FunctionalInterface
public interface Meter {
  /// So many more bytes.
  void moved(long bytes);
}
