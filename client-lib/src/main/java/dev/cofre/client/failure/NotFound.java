package dev.cofre.client.failure;

/// Nothing is there under that name, or nothing that this member may see.
public final class NotFound extends CofreException {
  private static final long serialVersionUID = 1L;

  /// Says what happened.
  public NotFound(String message) {
    super(message, null, null);
  }

  /// Says what happened and what to do next.
  public NotFound(String message, String hint) {
    super(message, hint, null);
  }
}
