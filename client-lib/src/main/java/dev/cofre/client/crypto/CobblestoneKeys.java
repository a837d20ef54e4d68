package dev.cofre.client.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofre.protocol.Bytes;
import java.util.Arrays;

/// What Cobblestone-256 derives for one message: the AES key, the base nonce and the key commitment. For one thread.
final class CobblestoneKeys implements AutoCloseable {
  private static final byte[] LABEL =
      "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0".getBytes(US_ASCII);

  /// Where the commitment stands in what is derived, after the AES key and the base nonce.
  private static final int COMMITMENT = AesGcm.KEY_LENGTH + AesGcm.NONCE_LENGTH;

  private final AesGcm gcm;
  private final byte[] baseNonce;
  private final Bytes commitment;

  private CobblestoneKeys(byte[] derived) {
    byte[] aesKey = Arrays.copyOf(derived, AesGcm.KEY_LENGTH);
    gcm = new AesGcm(aesKey);
    Arrays.fill(aesKey, (byte) 0);
    baseNonce = Arrays.copyOfRange(derived, AesGcm.KEY_LENGTH, COMMITMENT);
    commitment = commitmentIn(derived);
  }

  static CobblestoneKeys derive(SecretBytes key, byte[] salt, byte[] context) {
    byte[] derived = derived(key, salt, context);
    try {
      return new CobblestoneKeys(derived);
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }

  /// The key commitment alone.
  static Bytes commitment(SecretBytes key, byte[] salt, byte[] context) {
    byte[] derived = derived(key, salt, context);
    try {
      return commitmentIn(derived);
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }

  private static byte[] derived(SecretBytes key, byte[] salt, byte[] context) {
    return Hkdf.expandSha512(
        key.exposed(Cobblestone.KEY_LENGTH),
        COMMITMENT + Cobblestone.COMMITMENT_LENGTH,
        LABEL,
        salt,
        context);
  }

  private static Bytes commitmentIn(byte[] derived) {
    return Bytes.of(derived, COMMITMENT, Cobblestone.COMMITMENT_LENGTH);
  }

  Bytes commitment() {
    return commitment;
  }

  int seal(long chunk, byte[] source, int offset, int length, byte[] target, int targetOffset) {
    return gcm.seal(nonce(chunk), source, offset, length, target, targetOffset);
  }

  /// Returns the length of the plaintext, or −1 when the chunk does not verify.
  int open(long chunk, byte[] source, int offset, int length, byte[] target, int targetOffset) {
    return gcm.open(nonce(chunk), source, offset, length, target, targetOffset);
  }

  private byte[] nonce(long chunk) {
    if (chunk < 0 || chunk >= Cobblestone.MAX_CHUNKS) {
      throw new IllegalStateException("the message is longer than 4 PiB");
    }
    byte[] nonce = baseNonce.clone();
    long rest = chunk;
    for (int i = nonce.length - 1; rest != 0; i--) {
      nonce[i] ^= (byte) rest;
      rest >>>= 8;
    }
    return nonce;
  }

  @Override
  public void close() {
    gcm.close();
    Arrays.fill(baseNonce, (byte) 0);
  }
}
