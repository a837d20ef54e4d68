package dev.cofre.client.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.LocalState;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// What a device keeps, and how it is had again.
class KeystoreTest {
  private static final RandomSource RANDOM = RandomSource.system();
  private static final Keystore.Account ACCOUNT =
      new Keystore.Account(
          "https://cofre.example",
          new TeamId(Bytes.fromHex("0a".repeat(32))),
          new Head(3, Hash.sha256(new byte[1])));
  private static final Bytes LOCAL_KEY = Bytes.fromHex("0b".repeat(32));

  @TempDir private Path directory;
  private Path home = Path.of(".");

  @BeforeEach
  void name() {
    home = directory.resolve("home");
  }

  private Keystore create(char[] passphrase) throws Exception {
    SecretBytes localKey = SecretBytes.copyOf(LOCAL_KEY.toArray());
    return Keystore.create(
        home, passphrase, ACCOUNT, Identity.ofNewMember(RANDOM), localKey, RANDOM);
  }

  private static char[] words() {
    return "four words of mine".toCharArray();
  }

  private static void fails(LocalState.Kind kind, Executable step) {
    assertEquals(kind, assertThrows(LocalState.class, step).kind());
  }

  private static List<Bytes> seeds(Identity identity) {
    return identity.seeds().stream().map(seed -> Bytes.of(seed.toArray())).toList();
  }

  @Test
  void everythingInItIsThereAgain() throws Exception {
    try (Keystore made = create(words());
        SecretBytes unlockKey = made.unlockKey()) {
      EncryptionKey next = EncryptionKey.generate(RANDOM);
      Hash first = Identity.hashOf(made.identity().newestKey().orElseThrow());
      made.identity().add(next, List.of(first, Identity.hashOf(next)));
      made.save();
      try (Keystore again = Keystore.open(home, unlockKey, RANDOM)) {
        assertEquals(ACCOUNT, again.account());
        assertEquals(made.identity().member(), again.identity().member());
        assertEquals(made.identity().deviceKeys(), again.identity().deviceKeys());
        assertEquals(seeds(made.identity()), seeds(again.identity()));
        assertEquals(4, again.identity().seeds().size());
        assertArrayEquals(LOCAL_KEY.toArray(), again.localKey().toArray());
        assertEquals("Keystore[" + home.resolve("keystore") + "]", again.toString());
      }
    }
  }

  @Test
  void oneDirectoryHoldsOne() throws Exception {
    assertFalse(Keystore.existsIn(home));
    create(words()).close();
    assertTrue(Keystore.existsIn(home));
    byte[] before = Files.readAllBytes(home.resolve("keystore"));
    fails(LocalState.Kind.FILE, () -> create(words()));
    assertArrayEquals(before, Files.readAllBytes(home.resolve("keystore")));
  }

  @Test
  void saysWhetherItIsMissingDamagedOrLocked() throws Exception {
    fails(LocalState.Kind.MISSING, () -> Keystore.open(home, words(), RANDOM));
    create(words()).close();
    fails(
        LocalState.Kind.WRONG_PASSPHRASE,
        () -> Keystore.open(home, "other words".toCharArray(), RANDOM));
    fails(LocalState.Kind.LOCKED, () -> Keystore.open(home, RANDOM.secret(32), RANDOM));
    Files.write(home.resolve("keystore"), new byte[] {1});
    fails(LocalState.Kind.DAMAGED, () -> Keystore.open(home, words(), RANDOM));
    assertEquals(LocalState.Kind.MISSING, Keystore.missing(home).kind());
  }

  /// What it holds is sealed by its owner only, and still read as if it were not.
  @Test
  void isDamagedWhereItsContentIsOfAnotherForm() throws Exception {
    try (Keystore made = create(words());
        SecretBytes key = made.unlockKey()) {
      KeystoreLayout.Outer outer =
          KeystoreLayout.FILE.decode(Files.readAllBytes(home.resolve("keystore")));
      byte[] numbers =
          java.nio.ByteBuffer.allocate(12)
              .putInt((int) outer.memoryKib())
              .putInt((int) outer.iterations())
              .putInt((int) outer.parallelism())
              .array();
      byte[] context =
          dev.cofre.protocol.cbor.Context.of(Label.KEYSTORE, outer.salt(), Bytes.of(numbers));
      Bytes sealed =
          Bytes.of(dev.cofre.client.crypto.Cobblestone.seal(key, context, new byte[] {0}, RANDOM));
      Files.write(
          home.resolve("keystore"),
          KeystoreLayout.FILE.encode(
              new KeystoreLayout.Outer(
                  outer.salt(),
                  outer.memoryKib(),
                  outer.iterations(),
                  outer.parallelism(),
                  sealed)));
      fails(LocalState.Kind.DAMAGED, () -> Keystore.open(home, key, RANDOM));
    }
  }

  /// The disk fails while the passphrase is changed: the old one stays the right one.
  @Test
  void aPassphraseThatCouldNotBeChangedStays() throws Exception {
    try (Keystore made = create(words());
        SecretBytes before = made.unlockKey()) {
      Path away = directory.resolve("away");
      Files.move(home, away);
      assertThrows(LocalState.class, () -> made.changePassphrase("new words".toCharArray()));
      Files.move(away, home);
      try (SecretBytes after = made.unlockKey()) {
        assertArrayEquals(before.toArray(), after.toArray());
      }
      made.save();
      Keystore.open(home, before, RANDOM).close();
    }
  }

  @Test
  void nothingIsLeftOfADeviceThatCameToNothing() throws Exception {
    Keystore made = create(words());
    made.discard();
    assertClosed(made);
    assertFalse(Keystore.existsIn(home));
    try (Stream<Path> files = Files.list(home)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void aClosedOneHoldsNoKey() throws Exception {
    Keystore made = create(words());
    made.close();
    assertClosed(made);
  }

  private static void assertClosed(Keystore keystore) {
    assertThrows(IllegalStateException.class, () -> keystore.localKey().toArray());
    assertThrows(IllegalStateException.class, keystore::unlockKey);
    Identity identity = keystore.identity();
    assertThrows(IllegalStateException.class, identity::signingSeed);
    assertThrows(IllegalStateException.class, identity.receiving()::seed);
    assertThrows(IllegalStateException.class, identity.newestKey().orElseThrow()::seed);
  }

  @Test
  void whatIsSealedIsPrintedWithoutItsSeeds() {
    Bytes seed = Bytes.fromHex("0c".repeat(32));
    Identity identity = Identity.ofNewMember(RANDOM);
    KeystoreLayout.Seed one = new KeystoreLayout.Seed(seed);
    assertEquals("KeystoreLayout.Seed", one.toString());
    assertEquals(
        "KeystoreLayout.Inner",
        new KeystoreLayout.Inner(
                ACCOUNT.origin(),
                ACCOUNT.team(),
                ACCOUNT.anchor(),
                identity.member(),
                identity.device(),
                seed,
                seed,
                List.of(one),
                seed)
            .toString());
  }
}
