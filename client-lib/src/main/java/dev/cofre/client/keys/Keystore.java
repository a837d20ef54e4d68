package dev.cofre.client.keys;

import dev.cofre.client.crypto.Argon2;
import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.cbor.Context;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.team.DeviceKind;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The file `keystore` of a device, unlocked: who it is, its keys, where its team is, and the key of its local state. Sealed under
/// a key that Argon2id makes of the passphrase; the cost stands in the clear, within a floor and a ceiling, and is authenticated
/// with the rest. Everything secret is wiped on close.
public final class Keystore implements AutoCloseable {
  private static final String NAME = "keystore";
  private static final int SALT_LENGTH = 32;

  private final Path file;
  private final RandomSource random;
  private final Account account;
  private final Identity identity;
  private final SecretBytes localKey;
  private Lock lock;

  /// Which team on which server, and an entry of its log that this device had verified when the keystore was made.
  public record Account(String origin, TeamId team, Head anchor) {}

  /// What the content is sealed with.
  private static final class Lock implements AutoCloseable {
    private final Bytes salt;
    private final Argon2.Cost cost;
    private final SecretBytes key;

    Lock(char[] passphrase, Bytes salt, Argon2.Cost cost) throws Malformed {
      this(Argon2.derive(passphrase, salt, cost), salt, cost);
    }

    Lock(SecretBytes key, Bytes salt, Argon2.Cost cost) {
      this.salt = salt;
      this.cost = cost;
      this.key = key;
    }

    static Lock fresh(char[] passphrase, RandomSource random) throws Malformed {
      return new Lock(passphrase, random.bytes(SALT_LENGTH), Argon2.Cost.FLOOR);
    }

    byte[] context() {
      ByteBuffer numbers = ByteBuffer.allocate(12);
      numbers.putInt(cost.memoryKib()).putInt(cost.iterations()).putInt(cost.parallelism());
      return Context.of(Label.KEYSTORE, salt, Bytes.of(numbers.array()));
    }

    @Override
    public void close() {
      key.close();
    }
  }

  private Keystore(
      Path file,
      RandomSource random,
      Account account,
      Identity identity,
      SecretBytes localKey,
      Lock lock) {
    this.file = file;
    this.random = random;
    this.account = account;
    this.identity = identity;
    this.localKey = localKey;
    this.lock = lock;
  }

  /// Whether there is a keystore in a home directory.
  public static boolean existsIn(Path home) {
    return Files.exists(home.resolve(NAME), LinkOption.NOFOLLOW_LINKS);
  }

  /// Makes and saves a keystore. Takes the identity and the key of the local state over.
  ///
  /// @throws LocalState when there is one already, or it cannot be written
  public static Keystore create(
      Path home,
      char[] passphrase,
      Account account,
      Identity identity,
      SecretBytes localKey,
      RandomSource random)
      throws CofreException {
    if (existsIn(home)) {
      throw new LocalState(
          LocalState.Kind.FILE,
          "there is a keystore in " + home + " already",
          "Use another directory; one directory is one device of one team.");
    }
    PrivateFiles.makeDirectory(home);
    Keystore keystore =
        new Keystore(
            home.resolve(NAME),
            random,
            account,
            identity,
            localKey,
            Lock.fresh(passphrase, random));
    keystore.save();
    return keystore;
  }

  /// Unlocks a keystore.
  ///
  /// @throws LocalState of kind `MISSING` when there is none, `DAMAGED` when it cannot be read, `WRONG_PASSPHRASE` when it does
  ///     not open
  public static Keystore open(Path home, char[] passphrase, RandomSource random)
      throws CofreException {
    return open(
        home,
        (outer, cost) -> new Lock(passphrase, outer.salt(), cost),
        random,
        new LocalState(
            LocalState.Kind.WRONG_PASSPHRASE,
            "the passphrase does not open the keystore: it is wrong, or the file is damaged",
            "Try again; if it surely is right, restore from a recovery kit or add this device again."));
  }

  /// Unlocks a keystore with the [#unlockKey] of an earlier opening, without Argon2id.
  ///
  /// @throws LocalState as with a passphrase, but `LOCKED` when the key is not that of the keystore any more
  public static Keystore open(Path home, SecretBytes unlockKey, RandomSource random)
      throws CofreException {
    return open(
        home,
        (outer, cost) -> new Lock(unlockKey.duplicate(), outer.salt(), cost),
        random,
        new LocalState(LocalState.Kind.LOCKED, "the key kept for the keystore does not open it"));
  }

  /// How the key of a keystore is had, once salt and cost are known.
  private interface Unlocking {
    Lock lock(KeystoreLayout.Outer outer, Argon2.Cost cost) throws Malformed;
  }

  private static Keystore open(
      Path home, Unlocking unlocking, RandomSource random, LocalState unopened)
      throws CofreException {
    Path file = home.resolve(NAME);
    byte[] bytes =
        PrivateFiles.read(file, KeystoreLayout.MAX_LENGTH).orElseThrow(() -> missing(home));
    KeystoreLayout.Outer outer;
    Argon2.Cost cost;
    try {
      outer = KeystoreLayout.FILE.decode(bytes);
      cost = Argon2.Cost.read(outer.memoryKib(), outer.iterations(), outer.parallelism());
    } catch (MalformedException | Malformed _) {
      throw damaged(file);
    }
    Lock lock = unlocking.lock(outer, cost);
    try {
      byte[] content = Cobblestone.open(lock.key, lock.context(), outer.sealed().toArray());
      return read(file, content, lock, random);
    } catch (Tampered _) {
      lock.close();
      throw unopened;
    } catch (LocalState damaged) {
      lock.close();
      throw damaged;
    }
  }

  private static Keystore read(Path file, byte[] content, Lock lock, RandomSource random)
      throws LocalState {
    try {
      KeystoreLayout.Inner inner = KeystoreLayout.CONTENT.decode(content);
      try (SecretBytes signing = secret(inner.signingSeed());
          SecretBytes receiving = secret(inner.receivingSeed())) {
        List<SecretBytes> seeds =
            inner.memberSeeds().stream().map(seed -> secret(seed.seed())).toList();
        Identity identity =
            Identity.of(
                inner.member(), inner.device(), DeviceKind.COMPUTER, signing, receiving, seeds);
        seeds.forEach(SecretBytes::close);
        return new Keystore(
            file,
            random,
            new Account(inner.origin(), inner.team(), inner.anchor()),
            identity,
            secret(inner.localKey()),
            lock);
      }
    } catch (MalformedException _) {
      throw damaged(file);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /// Writes the keystore again, under the same passphrase.
  public void save() throws LocalState {
    try (SecretBytes signing = identity.signingSeed();
        SecretBytes receiving = identity.receiving().seed()) {
      byte[] content =
          KeystoreLayout.CONTENT.encode(
              new KeystoreLayout.Inner(
                  account.origin(),
                  account.team(),
                  account.anchor(),
                  identity.member(),
                  identity.device(),
                  exposed(signing),
                  exposed(receiving),
                  identity.memberKeys().stream().map(Keystore::seedOf).toList(),
                  exposed(localKey)));
      Bytes sealed = Bytes.of(Cobblestone.seal(lock.key, lock.context(), content, random));
      Arrays.fill(content, (byte) 0);
      Argon2.Cost cost = lock.cost;
      PrivateFiles.replace(
          file,
          KeystoreLayout.FILE.encode(
              new KeystoreLayout.Outer(
                  lock.salt, cost.memoryKib(), cost.iterations(), cost.parallelism(), sealed)));
    }
  }

  /// Writes the keystore under another passphrase, at the current cost.
  public void changePassphrase(char[] passphrase) throws CofreException {
    Lock before = lock;
    lock = Lock.fresh(passphrase, random);
    try {
      save();
      before.close();
    } catch (LocalState e) {
      lock.close();
      lock = before;
      throw e;
    }
  }

  /// Deletes the file: for a device that came to nothing.
  public void discard() throws LocalState {
    close();
    PrivateFiles.delete(file);
  }

  private static KeystoreLayout.Seed seedOf(EncryptionKey key) {
    try (SecretBytes seed = key.seed()) {
      return new KeystoreLayout.Seed(exposed(seed));
    }
  }

  private static Bytes exposed(SecretBytes secret) {
    byte[] bytes = secret.toArray();
    Bytes exposed = Bytes.of(bytes);
    Arrays.fill(bytes, (byte) 0);
    return exposed;
  }

  private static SecretBytes secret(Bytes bytes) {
    return SecretBytes.taking(bytes.toArray());
  }

  /// What there is to say about a home without a keystore.
  public static LocalState missing(Path home) {
    return new LocalState(
        LocalState.Kind.MISSING,
        "there is no keystore in " + home,
        "Join a team, or restore from a recovery kit.");
  }

  private static LocalState damaged(Path file) {
    return new LocalState(
        LocalState.Kind.DAMAGED,
        file + " is damaged",
        "Restore from a recovery kit, or add this device again from another one.");
  }

  /// Which team on which server.
  public Account account() {
    return account;
  }

  /// The device's keys.
  public Identity identity() {
    return identity;
  }

  /// The key that opens this keystore without its passphrase, until that is changed; owned by the caller.
  public SecretBytes unlockKey() {
    return lock.key.duplicate();
  }

  /// The key of the local state, 32 bytes, wiped with this keystore.
  public SecretBytes localKey() {
    return localKey;
  }

  @Override
  public void close() {
    identity.close();
    localKey.close();
    lock.close();
  }

  @Override
  public String toString() {
    return "Keystore[" + file + "]";
  }
}
