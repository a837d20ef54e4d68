package dev.cofre.client.failure;

/// Something on this machine stands in the way.
public final class LocalState extends CofreException {
  private static final long serialVersionUID = 1L;

  /// What stands in the way.
  public enum Kind {
    /// The passphrase does not open the keystore.
    WRONG_PASSPHRASE,
    /// The keystore is closed and must be unlocked first.
    LOCKED,
    /// State of this device cannot be read back.
    DAMAGED,
    /// No room left on the device.
    DISK_FULL,
    /// State that must be there is not; never taken for a first run.
    MISSING,
    /// Another process of this device is at work.
    BUSY,
    /// A file of the user cannot be read, or changed while it was read.
    FILE,
    /// A name that a vault, or this machine, cannot hold.
    NAME
  }

  private final Kind kind;

  /// Says what happened.
  public LocalState(Kind kind, String message) {
    super(message, null, null);
    this.kind = kind;
  }

  /// Says what happened and what to do next.
  public LocalState(Kind kind, String message, String hint) {
    super(message, hint, null);
    this.kind = kind;
  }

  /// Says what happened and what was underneath.
  public LocalState(Kind kind, String message, Throwable cause) {
    super(message, null, cause);
    this.kind = kind;
  }

  /// What stands in the way.
  public Kind kind() {
    return kind;
  }
}
