package dev.cofre.client.crypto;

import dev.cofre.protocol.Bytes;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.jspecify.annotations.Nullable;

/// An X-Wing private key (draft-connolly-cfrg-xwing-kem), kept as its 32-byte seed, from which everything else follows.
public final class EncryptionKey implements AutoCloseable {
  /// The length of a seed in bytes.
  public static final int SEED_LENGTH = 32;

  private final SecretBytes seed;
  private final Bytes publicKey;
  private @Nullable AsymmetricCipherKeyPair expanded;

  private EncryptionKey(SecretBytes seed) {
    this.seed = seed;
    AsymmetricCipherKeyPair pair = Hpke.expand(seed.exposed(SEED_LENGTH));
    publicKey = Hpke.publicKey(pair);
    expanded = pair;
  }

  /// The key with a seed of 32 bytes, which is copied.
  public static EncryptionKey fromSeed(SecretBytes seed) {
    return new EncryptionKey(seed.duplicate());
  }

  /// A new key.
  public static EncryptionKey generate(RandomSource random) {
    return new EncryptionKey(random.secret(SEED_LENGTH));
  }

  /// The public key, 1 216 bytes.
  public Bytes publicKey() {
    return publicKey;
  }

  /// A copy of the seed for the keystore or for wrapping, owned by the caller.
  public SecretBytes seed() {
    return seed.duplicate();
  }

  AsymmetricCipherKeyPair expanded() {
    AsymmetricCipherKeyPair pair = expanded;
    if (pair == null) {
      throw new IllegalStateException("the key has been wiped");
    }
    return pair;
  }

  /// Wipes the seed and drops the expanded key, whose arrays the library keeps to itself.
  @Override
  public void close() {
    seed.close();
    expanded = null;
  }

  @Override
  public String toString() {
    return "EncryptionKey[" + seed.length() + "]";
  }
}
