package dev.cofre.client.crypto;

import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;

/// HKDF (RFC 5869): extract and expand by the JDK's `KDF`; the expand step alone by its `Mac`, because the `KDF` refuses keys shorter than the
/// hash, and Cobblestone expands 32-byte keys with SHA-512; and because a `KDF` costs several times what it computes, for each record key.
public final class Hkdf {
  private static final int SHA256_LIMIT = 255 * 32;
  private static final int SHA256_LENGTH = 32;
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
    return SecretBytes.taking(
        expand("HmacSHA256", SHA256_LENGTH, key.exposed(SHA256_LENGTH), length, info));
  }

  /// Expand with SHA-512 from a key of any length; `info` is the parts, one after the other. The caller wipes the result.
  static byte[] expandSha512(byte[] key, int length, byte[]... info) {
    return expand("HmacSHA512", SHA512_LENGTH, key, length, info);
  }

  private static byte[] expand(
      String hmac, int hashLength, byte[] key, int length, byte[]... info) {
    byte[] output = new byte[length];
    byte[] block = new byte[0];
    try (WipedKey prk = new WipedKey(hmac, key)) {
      Mac mac = Hmac.keyed(hmac, prk);
      for (int done = 0, counter = 1; done < length; done += hashLength, counter++) {
        mac.update(block);
        for (byte[] part : info) {
          mac.update(part);
        }
        mac.update((byte) counter);
        Arrays.fill(block, (byte) 0);
        block = mac.doFinal();
        System.arraycopy(block, 0, output, done, Math.min(hashLength, length - done));
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
