package dev.cofre.client.crypto;

import dev.cofre.protocol.Bytes;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import javax.crypto.Mac;

/// HMAC-SHA256 (RFC 2104).
public final class Hmac {
  /// The length of a tag in bytes.
  public static final int LENGTH = 32;

  /// Found once: looking through all of them for each record key costs as much as the tag.
  private static final Provider PROVIDER = provider();

  private Hmac() {}

  /// The tag of the parts, one after the other, under a key of any length but zero. [Bytes#equals] compares tags in constant
  /// time.
  public static Bytes sha256(SecretBytes key, byte[]... parts) {
    try (WipedKey macKey = new WipedKey("HmacSHA256", key.exposed())) {
      Mac mac = keyed("HmacSHA256", macKey);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return Bytes.of(mac.doFinal());
    }
  }

  static Mac keyed(String algorithm, WipedKey key) {
    try {
      Mac mac = Mac.getInstance(algorithm, PROVIDER);
      mac.init(key);
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException missing) {
      throw new IllegalStateException("this Java has no " + algorithm, missing);
    }
  }

  private static Provider provider() {
    try {
      return Mac.getInstance("HmacSHA512").getProvider();
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("this Java has no HMAC", missing);
    }
  }
}
