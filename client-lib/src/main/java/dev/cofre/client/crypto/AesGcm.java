package dev.cofre.client.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.GCMParameterSpec;

/// AES-256-GCM without associated data: one key, one reused `Cipher`, heap arrays (measured as the JDK's fastest way). For one
/// thread. The caller answers for nonces: never two messages under one.
final class AesGcm implements AutoCloseable {
  static final int KEY_LENGTH = 32;
  static final int NONCE_LENGTH = 12;
  static final int TAG_LENGTH = 16;

  private static final String ALGORITHM = "AES/GCM/NoPadding";

  /// Found once: looking through all of them costs more than wrapping a key does.
  private static final Provider PROVIDER = provider();

  private final WipedKey key;
  private final Cipher cipher;

  AesGcm(byte[] key) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("an AES-256 key has 32 bytes, not " + key.length);
    }
    this.key = new WipedKey("AES", key);
    try {
      cipher = Cipher.getInstance(ALGORITHM, PROVIDER);
    } catch (NoSuchAlgorithmException | NoSuchPaddingException missing) {
      throw missing(missing);
    }
  }

  private static Provider provider() {
    try {
      return Cipher.getInstance(ALGORITHM).getProvider();
    } catch (NoSuchAlgorithmException | NoSuchPaddingException missing) {
      throw missing(missing);
    }
  }

  private static IllegalStateException missing(GeneralSecurityException cause) {
    return new IllegalStateException("this Java has no AES-GCM", cause);
  }

  /// Seals into `target` and returns the number of bytes written: `length` + 16.
  int seal(byte[] nonce, byte[] source, int offset, int length, byte[] target, int targetOffset) {
    init(Cipher.ENCRYPT_MODE, nonce);
    try {
      return cipher.doFinal(source, offset, length, target, targetOffset);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM failed to seal", impossible);
    }
  }

  /// Opens into `target` and returns the number of bytes written, or −1 when the bytes do not verify.
  int open(byte[] nonce, byte[] source, int offset, int length, byte[] target, int targetOffset) {
    if (length < TAG_LENGTH) {
      return -1;
    }
    init(Cipher.DECRYPT_MODE, nonce);
    try {
      return cipher.doFinal(source, offset, length, target, targetOffset);
    } catch (AEADBadTagException _) {
      return -1;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM failed to open", impossible);
    }
  }

  private void init(int mode, byte[] nonce) {
    try {
      cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * 8, nonce));
    } catch (InvalidKeyException | InvalidAlgorithmParameterException reused) {
      throw new IllegalStateException("AES-GCM refused a key or a nonce", reused);
    }
  }

  @Override
  public void close() {
    key.close();
  }
}
