package dev.cofre.protocol;

/// One version of a file's record; random, made by the client that put it.
public record RevisionId(Bytes value) implements Id {
  /// Bytes of an id of this kind.
  public static final int LENGTH = 16;

  public RevisionId {
    Id.requireLength(value, LENGTH);
  }

  @Override
  public String toString() {
    return value.hex();
  }
}
