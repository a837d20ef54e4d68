package dev.cofre.client.crypto;

import dev.cofre.protocol.Bytes;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// An Ed25519 private key (RFC 8032), kept as its 32-byte seed. Verification is
/// [dev.cofre.protocol.signed.StrictEd25519#verify].
public final class SigningKey implements AutoCloseable {
  /// The length of a seed in bytes.
  public static final int SEED_LENGTH = Ed25519.SECRET_KEY_SIZE;

  private final SecretBytes seed;
  private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];

  private SigningKey(SecretBytes seed) {
    this.seed = seed;
    Ed25519.generatePublicKey(seed.exposed(SEED_LENGTH), 0, publicKey, 0);
  }

  /// The key with a seed of 32 bytes, which is copied.
  public static SigningKey fromSeed(SecretBytes seed) {
    return new SigningKey(seed.duplicate());
  }

  /// A new key.
  public static SigningKey generate(RandomSource random) {
    return new SigningKey(random.secret(SEED_LENGTH));
  }

  /// The public key, 32 bytes.
  public Bytes publicKey() {
    return Bytes.of(publicKey);
  }

  /// The deterministic signature of a message, 64 bytes.
  public Bytes sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed.exposed(), 0, publicKey, 0, message, 0, message.length, signature, 0);
    return Bytes.of(signature);
  }

  /// A copy of the seed for the keystore, owned by the caller.
  public SecretBytes seed() {
    return seed.duplicate();
  }

  @Override
  public void close() {
    seed.close();
  }

  @Override
  public String toString() {
    return "SigningKey[" + seed.length() + "]";
  }
}
