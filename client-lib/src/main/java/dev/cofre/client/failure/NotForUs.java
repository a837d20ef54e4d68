package dev.cofre.client.failure;

/// Nothing here is readable with the keys of this member: never granted, or granted and not wrapped yet.
public final class NotForUs extends CofreException {
  private static final long serialVersionUID = 1L;

  /// Says what happened.
  public NotForUs(String message) {
    super(message, null, null);
  }

  /// Says what happened and what to do next.
  public NotForUs(String message, String hint) {
    super(message, hint, null);
  }

  /// Says what happened and what was underneath.
  public NotForUs(String message, Throwable cause) {
    super(message, null, cause);
  }
}
