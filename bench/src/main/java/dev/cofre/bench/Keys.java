package dev.cofre.bench;

import dev.cofre.client.crypto.Argon2;
import dev.cofre.client.crypto.Encapsulation;
import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.Hpke;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.crypto.SigningKey;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.keys.Wraps;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.signed.StrictEd25519;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Signatures, encapsulations, wraps, and what a passphrase costs.
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Keys {
  private static final byte[] NOTHING = {};

  private final RandomSource random = RandomSource.system();
  private final SigningKey signing = SigningKey.generate(random);
  private final byte[] message = random.bytes(1024).toArray();
  private final Bytes signature = signing.sign(message);
  private final EncryptionKey recipient = EncryptionKey.generate(random);
  private final Bytes encapsulation;
  private final SecretBytes channel = random.secret(32);
  private final SecretBytes recordKey = random.secret(32);
  private final Hash id = new Hash(random.bytes(32));
  private final RevisionId revision = new RevisionId(random.bytes(RevisionId.LENGTH));
  private final Bytes wrap = Wraps.wrap(channel, id, revision, id, recordKey);
  private final Bytes salt = random.bytes(32);

  /// Makes keys.
  public Keys() {
    try (Encapsulation made = Hpke.encapsulate(recipient.publicKey(), NOTHING, NOTHING, random)) {
      encapsulation = made.bytes();
    } catch (CofreException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Ed25519 over 1 KiB.
  @Benchmark
  public Bytes sign() {
    return signing.sign(message);
  }

  /// The same by the strict rule.
  @Benchmark
  public boolean verify() {
    if (!StrictEd25519.verify(signing.publicKey(), message, signature)) {
      throw new IllegalStateException("it does not verify");
    }
    return true;
  }

  /// X-Wing, the public key read from its bytes.
  @Benchmark
  public Bytes encapsulate() throws CofreException {
    try (Encapsulation made = Hpke.encapsulate(recipient.publicKey(), NOTHING, NOTHING, random)) {
      return made.bytes();
    }
  }

  /// The other end.
  @Benchmark
  public SecretBytes decapsulate() throws CofreException {
    return Hpke.decapsulate(recipient, encapsulation, NOTHING, NOTHING);
  }

  /// A record key for one recipient.
  @Benchmark
  public Bytes wrap() {
    return Wraps.wrap(channel, id, revision, id, recordKey);
  }

  /// The other end.
  @Benchmark
  public SecretBytes unwrap() throws CofreException {
    return Wraps.unwrap(channel, id, revision, id, wrap);
  }

  /// Argon2id as a new keystore has it.
  @Benchmark
  public SecretBytes passphrase() throws CofreException {
    return Argon2.derive("a passphrase for a trial".toCharArray(), salt, Argon2.Cost.FLOOR);
  }
}
