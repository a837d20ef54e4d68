package dev.cofre.client.crypto;

import java.util.Arrays;

/// A key, seed or other secret of fixed length, wiped when closed. It cannot be compared, printed or serialised; use after
/// closing throws [IllegalStateException].
///
/// Owned by one place that closes it. Whoever needs it longer takes a [#duplicate()].
public final class SecretBytes implements AutoCloseable {
  private final byte[] value;
  private volatile boolean closed;

  private SecretBytes(byte[] value) {
    this.value = value;
  }

  /// A copy; the caller still owns and wipes the given array.
  public static SecretBytes copyOf(byte[] bytes) {
    return new SecretBytes(bytes.clone());
  }

  /// A copy of `length` bytes from `offset`.
  public static SecretBytes copyOf(byte[] bytes, int offset, int length) {
    return new SecretBytes(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /// Takes the array over: it is wiped on close and must not be used by the caller any more.
  public static SecretBytes taking(byte[] bytes) {
    return new SecretBytes(bytes);
  }

  /// The number of bytes; known even after closing.
  public int length() {
    return value.length;
  }

  /// An independent copy with its own lifetime.
  public SecretBytes duplicate() {
    return new SecretBytes(exposed().clone());
  }

  /// A fresh array that the caller wipes.
  public byte[] toArray() {
    return exposed().clone();
  }

  /// Copies all bytes into `target` at `offset`.
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(exposed(), 0, target, offset, value.length);
  }

  /// The array itself, for the algorithms of this package.
  byte[] exposed() {
    if (closed) {
      throw new IllegalStateException("the secret has been wiped");
    }
    return value;
  }

  /// The array itself when it has the length that an algorithm needs.
  byte[] exposed(int length) {
    if (value.length != length) {
      throw new IllegalArgumentException(
          "a key of " + length + " bytes is needed, not " + value.length);
    }
    return exposed();
  }

  /// Overwrites the bytes with zeros.
  @Override
  public void close() {
    closed = true;
    Arrays.fill(value, (byte) 0);
  }

  @Override
  public String toString() {
    return "SecretBytes[" + value.length + "]";
  }
}
