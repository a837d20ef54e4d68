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

  /// The SHA-512 of an input: where 32 bytes are too few to make digits of.
  public static Bytes sha512(byte[] input) {
    return Bytes.of(newDigest("SHA-512").digest(input));
  }

  private static MessageDigest newDigest() {
    return newDigest("SHA-256");
  }

  private static MessageDigest newDigest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("this Java has no " + name, missing);
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
