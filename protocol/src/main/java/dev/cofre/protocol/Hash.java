package dev.cofre.protocol;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A SHA-256 hash of public bytes.
public record Hash(Bytes value) implements Id {
  /// Bytes of an id of this kind.
  public static final int LENGTH = 32;

  /// Thirty-two zero bytes: what stands where nothing precedes.
  public static final Hash ZERO = new Hash(Bytes.zeros(LENGTH));

  public Hash {
    Id.requireLength(value, LENGTH);
  }

  /// SHA-256 over the concatenation of the parts.
  public static Hash sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return new Hash(Bytes.of(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value.hex();
  }
}
