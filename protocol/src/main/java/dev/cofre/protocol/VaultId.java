package dev.cofre.protocol;

/// A vault: the hash of the team entry that created it.
public record VaultId(Bytes value) implements Id {
  /// Bytes of an id of this kind.
  public static final int LENGTH = 32;

  public VaultId {
    Id.requireLength(value, LENGTH);
  }

  @Override
  public String toString() {
    return value.hex();
  }
}
