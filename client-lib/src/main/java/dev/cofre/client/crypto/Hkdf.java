package dev.cofre.client.crypto;

import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;

/// HKDF (RFC 5869): SHA-256 by the JDK's `KDF`; the expand step of SHA-512 by its `Mac`, because the JDK refuses keys shorter
/// than the hash there, and Cobblestone expands 32-byte keys.
public final class Hkdf {
  private static final int SHA256_LIMIT = 255 * 32;
  private static final int SHA512_LENGTH = 64;

  private Hkdf() {}

  /// Extract, then expand with SHA-256: for key material that is secret but not uniform.
  ///
  /// @param length at most 8 160 bytes
  public static SecretBytes derive(byte[] salt, SecretBytes material, byte[] info, int length) {
    checkLength(length);
    try (WipedKey ikm = new WipedKey("Generic", material.exposed())) {
      return sha256(
          HKDFParameterSpec.ofExtract().addIKM(ikm).addSalt(salt).thenExpand(info, length));
    }
  }

  /// Expand with SHA-256 alone: for a uniform key of exactly 32 bytes.
  ///
  /// @param length at most 8 160 bytes
  public static SecretBytes expand(SecretBytes key, byte[] info, int length) {
    checkLength(length);
    try (WipedKey prk = new WipedKey("Generic", key.exposed(32))) {
      return sha256(HKDFParameterSpec.expandOnly(prk, info, length));
    }
  }

  /// Expand with SHA-512 from a key of any length; `info` is the parts, one after the other. The caller wipes the result.
  static byte[] expandSha512(byte[] key, int length, byte[]... info) {
    byte[] output = new byte[length];
    byte[] block = new byte[0];
    try (WipedKey prk = new WipedKey("HmacSHA512", key)) {
      Mac mac = Hmac.keyed("HmacSHA512", prk);
      for (int done = 0, counter = 1; done < length; done += SHA512_LENGTH, counter++) {
        mac.update(block);
        for (byte[] part : info) {
          mac.update(part);
        }
        mac.update((byte) counter);
        Arrays.fill(block, (byte) 0);
        block = mac.doFinal();
        System.arraycopy(block, 0, output, done, Math.min(SHA512_LENGTH, length - done));
      }
    }
    Arrays.fill(block, (byte) 0);
    return output;
  }

  private static void checkLength(int length) {
    if (length < 1 || length > SHA256_LIMIT) {
      throw new IllegalArgumentException("HKDF-SHA256 cannot give " + length + " bytes");
    }
  }

  private static SecretBytes sha256(HKDFParameterSpec spec) {
    try {
      return SecretBytes.taking(KDF.getInstance("HKDF-SHA256").deriveData(spec));
    } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException missing) {
      throw new IllegalStateException("this Java has no HKDF-SHA256", missing);
    }
  }
}
