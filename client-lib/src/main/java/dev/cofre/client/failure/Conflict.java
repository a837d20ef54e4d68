package dev.cofre.client.failure;

/// A newer change stands in the way and could not be settled by itself.
public final class Conflict extends CofreException {
  private static final long serialVersionUID = 1L;

  /// Says what happened.
  public Conflict(String message) {
    super(message, null, null);
  }

  /// Says what happened and what to do next.
  public Conflict(String message, String hint) {
    super(message, hint, null);
  }

  /// Gave up after several attempts.
  ///
  /// @param what what others changed: `the vault`
  public static Conflict overtaken(String what) {
    return new Conflict(
        "others changed " + what + " at the same time, again and again", "Try again in a moment.");
  }
}
