package dev.cofre.protocol.signed;

import dev.cofre.protocol.Bytes;
import org.bouncycastle.math.ec.rfc7748.X25519;

/// The check of an X-Wing public key (ML-KEM-768 key ‖ X25519 key) before it may enter a log, made without any secret.
///
/// The ML-KEM part passes the modulus check of FIPS 203, section 7.2; the X25519 part is a canonical coordinate that is not
/// of low order (RFC 7748, section 6.1).
public final class XWingKeys {
  /// The length of a public key in bytes.
  public static final int PUBLIC_KEY_LENGTH = 1216;

  private static final int ML_KEM_VECTOR_LENGTH = 1152;
  private static final int ML_KEM_LENGTH = 1184;
  private static final int Q = 3329;

  private XWingKeys() {}

  /// Whether a public key may be wrapped for. Never throws on foreign input.
  public static boolean isAcceptable(Bytes publicKey) {
    return publicKey.length() == PUBLIC_KEY_LENGTH
        && isReduced(publicKey)
        && isAcceptableX25519(publicKey.slice(ML_KEM_LENGTH, X25519.POINT_SIZE).toArray());
  }

  private static boolean isReduced(Bytes key) {
    for (int i = 0; i < ML_KEM_VECTOR_LENGTH; i += 3) {
      int low = key.at(i) & 0xff;
      int middle = key.at(i + 1) & 0xff;
      int high = key.at(i + 2) & 0xff;
      int first = low | (middle & 0x0f) << 8;
      int second = middle >>> 4 | high << 4;
      if (first >= Q || second >= Q) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAcceptableX25519(byte[] u) {
    if (!isBelowPrime(u)) {
      return false;
    }
    byte[] anyScalar = new byte[X25519.SCALAR_SIZE];
    byte[] shared = new byte[X25519.POINT_SIZE];
    return X25519.calculateAgreement(anyScalar, 0, u, 0, shared, 0);
  }

  /// Whether a little-endian number is below 2^255 - 19.
  private static boolean isBelowPrime(byte[] u) {
    if (u[31] != 0x7f) {
      return u[31] >= 0;
    }
    for (int i = 30; i > 0; i--) {
      if (u[i] != (byte) 0xff) {
        return true;
      }
    }
    return (u[0] & 0xff) < 0xed;
  }
}
