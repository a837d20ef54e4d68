package dev.cofre.protocol.cbor;

/// Bytes that are not what the format says. Stackless: raised on untrusted input, possibly often.
public sealed class MalformedException extends Exception permits UpdateNeededException {
  private static final long serialVersionUID = 1L;

  public MalformedException(String message) {
    super(message, null, false, false);
  }
}
