package dev.cofre.protocol;

/// One upload session of an object holding one or more blobs; random, made by the client.
public record UploadId(Bytes value) implements Id {
  /// Bytes of an id of this kind.
  public static final int LENGTH = 16;

  public UploadId {
    Id.requireLength(value, LENGTH);
  }

  @Override
  public String toString() {
    return value.hex();
  }
}
