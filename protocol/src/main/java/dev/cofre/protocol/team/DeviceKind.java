package dev.cofre.protocol.team;

/// What holds a device's keys. The ordinal is the wire form.
public enum DeviceKind {
  /// A computer with a keystore.
  COMPUTER,
  /// A printed recovery kit.
  RECOVERY_KIT
}
