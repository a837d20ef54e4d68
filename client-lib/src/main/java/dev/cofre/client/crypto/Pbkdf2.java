package dev.cofre.client.crypto;

import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// PBKDF2 with HMAC-SHA-256 (RFC 8018), for what a browser has to derive too: slower than a hash, and no more than a second lock.
public final class Pbkdf2 {
  /// How many iterations there are, always.
  public static final int ITERATIONS = 600_000;

  private static final int LENGTH = 32;

  private Pbkdf2() {}

  /// Derives 32 bytes from a text in its normal form C, as UTF-8.
  ///
  /// @throws IllegalArgumentException when there is no text
  public static SecretBytes derive(char[] text, SecretBytes salt) {
    byte[] rawSalt = salt.toArray();
    char[] normal =
        Normalizer.normalize(java.nio.CharBuffer.wrap(text), Normalizer.Form.NFC).toCharArray();
    if (normal.length == 0) {
      throw new IllegalArgumentException("an empty passcode");
    }
    PBEKeySpec spec = new PBEKeySpec(normal, rawSalt, ITERATIONS, 8 * LENGTH);
    try {
      return SecretBytes.taking(
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded());
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java derives nothing from a passcode", missing);
    } finally {
      spec.clearPassword();
      Arrays.fill(normal, '\0');
      Arrays.fill(rawSalt, (byte) 0);
    }
  }
}
