package dev.cofre.client.crypto;

import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.signed.XWingKeys;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;

/// HPKE (RFC 9180) in base mode, export only, with X-Wing (KEM 0x647a) and HKDF-SHA256: how two parties come to share 32 secret
/// bytes through the recipient's public key.
///
/// Base mode does not say who sent: the caller signs what it sends. `info` binds the place, the exporter context the purpose.
public final class Hpke {
  /// The length of an exported secret in bytes.
  public static final int SECRET_LENGTH = 32;

  /// The length of a 32-byte secret sealed to a public key: encapsulation ‖ wrap.
  public static final int SEALED_SECRET_LENGTH = Encapsulation.LENGTH + KeyWrap.LENGTH;

  private static final byte[] NO_EXPORTER_CONTEXT = new byte[0];
  private static final int RANDOMNESS_LENGTH = 64;

  private Hpke() {}

  /// Makes a secret that only the holder of the recipient's key can recover.
  ///
  /// @throws Malformed when the public key has another length, is unreduced or of low order
  public static Encapsulation encapsulate(
      Bytes recipientPublicKey, byte[] info, byte[] exporterContext, RandomSource random)
      throws Malformed {
    if (!XWingKeys.isAcceptable(recipientPublicKey)) {
      throw new Malformed("the recipient's encryption key is not a valid X-Wing key");
    }
    byte[] randomness = new byte[RANDOMNESS_LENGTH];
    random.fill(randomness);
    try {
      HPKE hpke = newHpke();
      HPKEContextWithEncapsulation sender =
          hpke.setupBaseS(
              hpke.deserializePublicKey(recipientPublicKey.toArray()), info, randomness);
      byte[] secret = sender.export(exporterContext, SECRET_LENGTH);
      return new Encapsulation(Bytes.of(sender.getEncapsulation()), SecretBytes.taking(secret));
    } finally {
      Arrays.fill(randomness, (byte) 0);
    }
  }

  /// Recovers the 32-byte secret. A different key, `info`, exporter context or encapsulation of the right length gives another
  /// secret, without an error: what is wrapped under it shows the difference.
  ///
  /// @throws Tampered when the encapsulation has another length or holds a low-order point
  public static SecretBytes decapsulate(
      EncryptionKey key, Bytes encapsulation, byte[] info, byte[] exporterContext) throws Tampered {
    if (encapsulation.length() != Encapsulation.LENGTH) {
      throw new Tampered("an encapsulated key");
    }
    AsymmetricCipherKeyPair pair = key.expanded();
    try {
      return SecretBytes.taking(
          newHpke()
              .setupBaseR(encapsulation.toArray(), pair, info)
              .export(exporterContext, SECRET_LENGTH));
    } catch (IllegalArgumentException | IllegalStateException _) {
      throw new Tampered("an encapsulated key");
    }
  }

  /// Seals a 32-byte secret, such as a member's seed for one of their devices, to a public key:
  /// [#SEALED_SECRET_LENGTH] bytes. The wrapping key is the export under an empty exporter context: `info` names the purpose.
  ///
  /// @throws Malformed as [#encapsulate]
  public static Bytes sealTo(
      Bytes recipientPublicKey, byte[] info, SecretBytes secret, RandomSource random)
      throws Malformed {
    try (Encapsulation shared =
        encapsulate(recipientPublicKey, info, NO_EXPORTER_CONTEXT, random)) {
      byte[] sealed = new byte[SEALED_SECRET_LENGTH];
      shared.bytes().copyTo(sealed, 0);
      KeyWrap.wrap(shared.secret(), secret).copyTo(sealed, Encapsulation.LENGTH);
      return Bytes.of(sealed);
    }
  }

  /// Opens what [#sealTo] sealed for this key and `info`.
  ///
  /// @throws Tampered when it has another length or does not verify
  public static SecretBytes openFrom(EncryptionKey key, byte[] info, Bytes sealed) throws Tampered {
    if (sealed.length() != SEALED_SECRET_LENGTH) {
      throw new Tampered("a sealed secret");
    }
    Bytes encapsulation = sealed.slice(0, Encapsulation.LENGTH);
    try (SecretBytes shared = decapsulate(key, encapsulation, info, NO_EXPORTER_CONTEXT)) {
      return KeyWrap.unwrap(shared, sealed.slice(Encapsulation.LENGTH, KeyWrap.LENGTH));
    }
  }

  static AsymmetricCipherKeyPair expand(byte[] seed) {
    XWingPrivateKeyParameters key = new XWingPrivateKeyParameters(seed);
    return new AsymmetricCipherKeyPair(key.getPublicKeyParameters(), key);
  }

  static Bytes publicKey(AsymmetricCipherKeyPair pair) {
    return Bytes.of(newHpke().serializePublicKey(pair.getPublic()));
  }

  private static HPKE newHpke() {
    return new HPKE(HPKE.mode_base, HPKE.kem_X_WING, HPKE.kdf_HKDF_SHA256, HPKE.aead_EXPORT_ONLY);
  }
}
