package dev.cofre.protocol;

/// A team: the hash of its genesis entry, so a team cannot be substituted.
public record TeamId(Bytes value) implements Id {
  /// Bytes of an id of this kind.
  public static final int LENGTH = 32;

  public TeamId {
    Id.requireLength(value, LENGTH);
  }

  @Override
  public String toString() {
    return value.hex();
  }
}
