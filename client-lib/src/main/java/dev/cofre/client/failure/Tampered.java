package dev.cofre.client.failure;

/// Bytes that do not verify: changed, cut, swapped, or sealed under another key or for another place. Which of these is
/// deliberately not said, and there is no cause: a failure to open must not become an oracle.
public final class Tampered extends CofreException {
  private static final long serialVersionUID = 1L;

  /// Says which kind of thing did not verify, for example `"file content"`, and nothing about how.
  public Tampered(String what) {
    super(what + " has been tampered with", null, null);
  }
}
