package dev.cofre.client.crypto;

import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;

/// The 48-byte wrap of one 32-byte key: AES-256-GCM with a zero nonce under a single-use wrapping key.
///
/// A wrapping key must never wrap two different keys, since the nonce is fixed: derive it from everything that determines the
/// key wrapped.
public final class KeyWrap {
  /// The length of both keys in bytes.
  public static final int KEY_LENGTH = 32;

  /// The length of a wrap in bytes.
  public static final int LENGTH = KEY_LENGTH + AesGcm.TAG_LENGTH;

  private static final byte[] ZERO_NONCE = new byte[AesGcm.NONCE_LENGTH];

  private KeyWrap() {}

  /// Wraps `key` under `wrappingKey`, both of 32 bytes.
  public static Bytes wrap(SecretBytes wrappingKey, SecretBytes key) {
    byte[] wrap = new byte[LENGTH];
    try (AesGcm gcm = new AesGcm(wrappingKey.exposed(KEY_LENGTH))) {
      gcm.seal(ZERO_NONCE, key.exposed(KEY_LENGTH), 0, KEY_LENGTH, wrap, 0);
    }
    return Bytes.of(wrap);
  }

  /// Unwraps the key.
  ///
  /// @throws Tampered when the wrap has another length or does not verify
  public static SecretBytes unwrap(SecretBytes wrappingKey, Bytes wrap) throws Tampered {
    if (wrap.length() != LENGTH) {
      throw new Tampered("a wrapped key");
    }
    byte[] key = new byte[KEY_LENGTH];
    try (AesGcm gcm = new AesGcm(wrappingKey.exposed(KEY_LENGTH))) {
      if (gcm.open(ZERO_NONCE, wrap.toArray(), 0, LENGTH, key, 0) != KEY_LENGTH) {
        throw new Tampered("a wrapped key");
      }
    }
    return SecretBytes.taking(key);
  }
}
