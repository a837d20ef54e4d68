package dev.cofre.client.failure;

/// The server could not be reached, or its answer did not arrive whole.
public final class Unreachable extends CofreException {
  private static final long serialVersionUID = 1L;

  /// Says what happened.
  public Unreachable(String message) {
    super(message, null, null);
  }

  /// Says what happened and what to do next.
  public Unreachable(String message, String hint) {
    super(message, hint, null);
  }

  /// Says what happened and what was underneath.
  public Unreachable(String message, Throwable cause) {
    super(message, null, cause);
  }
}
