package dev.cofre.protocol;

/// One file of a vault, through all its versions; random, made by the client that first put it.
public record FileId(Bytes value) implements Id {
  /// Bytes of an id of this kind.
  public static final int LENGTH = 16;

  /// The reserved file whose record holds the vault's name.
  public static final FileId NAME = new FileId(Bytes.zeros(LENGTH));

  public FileId {
    Id.requireLength(value, LENGTH);
  }

  @Override
  public String toString() {
    return value.hex();
  }
}
