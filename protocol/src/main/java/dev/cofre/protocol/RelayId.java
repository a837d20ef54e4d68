package dev.cofre.protocol;

/// A slot on the server through which a new device sends one message; derived from the pairing secret.
public record RelayId(Bytes value) implements Id {
  /// Bytes of an id of this kind.
  public static final int LENGTH = 16;

  public RelayId {
    Id.requireLength(value, LENGTH);
  }

  @Override
  public String toString() {
    return value.hex();
  }
}
