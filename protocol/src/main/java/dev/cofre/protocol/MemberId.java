package dev.cofre.protocol;

/// One person in a team; random, made by that person's first device.
public record MemberId(Bytes value) implements Id {
  /// Bytes of an id of this kind.
  public static final int LENGTH = 16;

  public MemberId {
    Id.requireLength(value, LENGTH);
  }

  @Override
  public String toString() {
    return value.hex();
  }
}
