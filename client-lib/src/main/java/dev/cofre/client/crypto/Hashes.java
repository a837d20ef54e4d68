package dev.cofre.client.crypto;

import dev.cofre.protocol.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 (FIPS 180-4), at once or over a stream.
public final class Hashes {
  /// The length of a hash in bytes.
  public static final int LENGTH = 32;

  private Hashes() {}

  /// The hash of the parts, one after the other.
  public static Bytes sha256(byte[]... parts) {
    MessageDigest digest = newDigest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return Bytes.of(digest.digest());
  }

  /// A hash that is fed piece by piece.
  public static Running running() {
    return new Running();
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("this Java has no SHA-256", missing);
    }
  }

  /// A hash in the making, for one thread.
  public static final class Running {
    private final MessageDigest digest = newDigest();

    private Running() {}

    /// Adds `length` bytes from `offset`.
    public void update(byte[] bytes, int offset, int length) {
      digest.update(bytes, offset, length);
    }

    /// The hash of everything added; starts over afterwards.
    public Bytes finish() {
      return Bytes.of(digest.digest());
    }
  }
}
