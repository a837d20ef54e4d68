package dev.cofre.client.transfer;

/// Counts content that has crossed; called from several threads.
@FunctionalInterface
public interface Meter {
  /// So many more bytes; less than none where what had crossed was of no use.
  void moved(long bytes);
}
