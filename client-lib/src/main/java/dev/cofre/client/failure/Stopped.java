package dev.cofre.client.failure;

/// Stopped for safety before anything was done: it would do more than was clearly asked for. The hint says how to go on.
public final class Stopped extends CofreException {
  private static final long serialVersionUID = 1L;

  /// Says what happened.
  public Stopped(String message) {
    super(message, null, null);
  }

  /// Says what happened and what to do next.
  public Stopped(String message, String hint) {
    super(message, hint, null);
  }
}
