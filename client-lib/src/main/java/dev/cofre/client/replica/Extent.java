package dev.cofre.client.replica;

/// How much of a [SealedLog] counts: segments, and bytes.
public record Extent(long segments, long length) {
  /// Nothing.
  public static final Extent NONE = new Extent(0, 0);
}
