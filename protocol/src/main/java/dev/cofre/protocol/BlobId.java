package dev.cofre.protocol;

/// The ciphertext of one content; random, made by the client that sealed it.
public record BlobId(Bytes value) implements Id {
  /// Bytes of an id of this kind.
  public static final int LENGTH = 16;

  public BlobId {
    Id.requireLength(value, LENGTH);
  }

  @Override
  public String toString() {
    return value.hex();
  }
}
