package dev.cofre.client.failure;

/// The server showed less history than this device has already seen.
public final class RolledBack extends CofreException {
  private static final long serialVersionUID = 1L;

  /// Says what happened.
  public RolledBack(String message) {
    super(message, null, null);
  }

  /// Says what happened and what to do next.
  public RolledBack(String message, String hint) {
    super(message, hint, null);
  }

  /// Says what happened and what was underneath.
  public RolledBack(String message, Throwable cause) {
    super(message, null, cause);
  }
}
