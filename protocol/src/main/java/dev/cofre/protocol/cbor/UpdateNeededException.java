package dev.cofre.protocol.cbor;

/// Bytes of a version or kind that this release does not know. Never skipped: a newer release is needed to go on.
public final class UpdateNeededException extends MalformedException {
  private static final long serialVersionUID = 1L;

  public UpdateNeededException(String message) {
    super(message);
  }
}
