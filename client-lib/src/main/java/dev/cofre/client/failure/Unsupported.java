package dev.cofre.client.failure;

/// Written by a newer version of the protocol than this software knows: an update is needed.
public final class Unsupported extends CofreException {
  private static final long serialVersionUID = 1L;

  /// Says what happened.
  public Unsupported(String message) {
    super(message, null, null);
  }

  /// Says what happened and what to do next.
  public Unsupported(String message, String hint) {
    super(message, hint, null);
  }

  /// Says what happened and what was underneath.
  public Unsupported(String message, Throwable cause) {
    super(message, null, cause);
  }
}
