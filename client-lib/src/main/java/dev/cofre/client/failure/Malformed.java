package dev.cofre.client.failure;

/// Bytes that are not in the one form the format allows: never written by this software, and not to be guessed at.
public final class Malformed extends CofreException {
  private static final long serialVersionUID = 1L;

  /// Says what happened.
  public Malformed(String message) {
    super(message, null, null);
  }

  /// Says what happened and what to do next.
  public Malformed(String message, String hint) {
    super(message, hint, null);
  }

  /// Says what happened and what was underneath.
  public Malformed(String message, Throwable cause) {
    super(message, null, cause);
  }
}
