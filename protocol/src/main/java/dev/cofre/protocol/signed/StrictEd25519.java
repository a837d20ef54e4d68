package dev.cofre.protocol.signed;

import dev.cofre.protocol.Bytes;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Ed25519 verification (RFC 8032) under the one rule that every client and server of Cofre shares, so that no crafted
/// signature is accepted by some of them and refused by others.
///
/// Refused before any arithmetic: another length than 32 and 64 bytes, and a small-order `A` or `R` in any encoding. Then the
/// equation must hold without cofactor, with canonical points and an `S` below the group order. Of the 914 edge cases of
/// C2SP/CCTV exactly 43 are accepted.
///
/// Bouncy Castle is fast but multiplies by the cofactor. That makes a difference only when `A` or `R` lies outside the group
/// of prime order, which no honest signer produces; only then is the JDK, which does not multiply, asked as well.
public final class StrictEd25519 {
  /// The length of a public key in bytes.
  public static final int PUBLIC_KEY_LENGTH = Ed25519.PUBLIC_KEY_SIZE;

  /// The length of a signature in bytes.
  public static final int SIGNATURE_LENGTH = Ed25519.SIGNATURE_SIZE;

  /// The y coordinates, sign bit cleared, of the eight points of small order: the five canonical ones, then p and p + 1.
  private static final Set<Bytes> SMALL_ORDER =
      Stream.of(
              "0000000000000000000000000000000000000000000000000000000000000000",
              "0100000000000000000000000000000000000000000000000000000000000000",
              "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
              "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
              "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
              "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
              "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
          .map(HexFormat.of()::parseHex)
          .map(Bytes::of)
          .collect(Collectors.toUnmodifiableSet());

  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int REMEMBERED_KEYS = 4096;

  /// Public keys already found to be of prime order: few sign much, and the check costs as much as a verification.
  private static final Set<Bytes> PRIME_ORDER_KEYS = ConcurrentHashMap.newKeySet();

  private StrictEd25519() {}

  /// Whether `signature` is one by the holder of `publicKey` over `message`. Never throws on foreign input.
  public static boolean verify(Bytes publicKey, byte[] message, Bytes signature) {
    if (publicKey.length() != PUBLIC_KEY_LENGTH || signature.length() != SIGNATURE_LENGTH) {
      return false;
    }
    Bytes r = signature.slice(0, PUBLIC_KEY_LENGTH);
    if (isSmallOrder(publicKey) || isSmallOrder(r)) {
      return false;
    }
    byte[] key = publicKey.toArray();
    if (!Ed25519.verify(signature.toArray(), 0, key, 0, message, 0, message.length)) {
      return false;
    }
    boolean cofactorMakesNoDifference =
        isPrimeOrderKey(publicKey) && Ed25519.validatePublicKeyFull(r.toArray(), 0);
    return cofactorMakesNoDifference || holdsWithoutCofactor(key, message, signature.toArray());
  }

  /// Whether a public key may enter a log: canonical, on the curve and in the group of prime order, as every honestly made
  /// key is. Stricter than what [#verify] needs, so that a crafted key is refused once and early.
  public static boolean isAcceptableKey(Bytes publicKey) {
    return publicKey.length() == PUBLIC_KEY_LENGTH
        && !isSmallOrder(publicKey)
        && isPrimeOrderKey(publicKey);
  }

  private static boolean isPrimeOrderKey(Bytes publicKey) {
    if (PRIME_ORDER_KEYS.contains(publicKey)) {
      return true;
    }
    if (!Ed25519.validatePublicKeyFull(publicKey.toArray(), 0)) {
      return false;
    }
    if (PRIME_ORDER_KEYS.size() >= REMEMBERED_KEYS) {
      PRIME_ORDER_KEYS.clear();
    }
    PRIME_ORDER_KEYS.add(publicKey);
    return true;
  }

  private static boolean holdsWithoutCofactor(byte[] key, byte[] message, byte[] signature) {
    byte[] encoded = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + key.length);
    System.arraycopy(key, 0, encoded, SPKI_PREFIX.length, key.length);
    try {
      Signature verifier = Signature.getInstance("Ed25519", "SunEC");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519", "SunEC")
              .generatePublic(new X509EncodedKeySpec(encoded)));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (InvalidKeySpecException | InvalidKeyException | SignatureException _) {
      return false;
    } catch (NoSuchAlgorithmException | NoSuchProviderException missing) {
      throw new IllegalStateException("this Java has no Ed25519", missing);
    }
  }

  private static boolean isSmallOrder(Bytes point) {
    byte[] y = point.toArray();
    y[PUBLIC_KEY_LENGTH - 1] &= 0x7f;
    return SMALL_ORDER.contains(Bytes.of(y));
  }
}
