package dev.cofre.client.failure;

/// The server showed a history that contradicts the one this device has already seen.
public final class Forked extends CofreException {
  private static final long serialVersionUID = 1L;

  /// Says what happened.
  public Forked(String message) {
    super(message, null, null);
  }

  /// Says what happened and what to do next.
  public Forked(String message, String hint) {
    super(message, hint, null);
  }

  /// Says what happened and what was underneath.
  public Forked(String message, Throwable cause) {
    super(message, null, cause);
  }
}
