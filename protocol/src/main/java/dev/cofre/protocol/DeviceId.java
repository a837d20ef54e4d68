package dev.cofre.protocol;

/// One device of a member, a recovery kit included; random, made by the device.
public record DeviceId(Bytes value) implements Id {
  /// Bytes of an id of this kind.
  public static final int LENGTH = 16;

  public DeviceId {
    Id.requireLength(value, LENGTH);
  }

  @Override
  public String toString() {
    return value.hex();
  }
}
