package dev.cofre.client.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.Argon2;
import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.cbor.Context;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody has a device's keystore in hand and changes it.
class KeystoreTamperTest {
  private static final RandomSource RANDOM = RandomSource.system();
  private static final char[] PASSPHRASE = "four words of mine".toCharArray();

  @TempDir private static Path once;
  private static SecretBytes unlockKey = SecretBytes.copyOf(new byte[32]);
  private static byte[] made = {};

  @TempDir private Path directory;
  private Path home = Path.of(".");
  private byte[] whole = {};

  @BeforeAll
  static void makeOnce() throws Exception {
    Path home = once.resolve("home");
    try (Keystore keystore = make(home, PASSPHRASE)) {
      unlockKey = keystore.unlockKey();
    }
    made = Files.readAllBytes(home.resolve("keystore"));
  }

  @BeforeEach
  void copy() throws Exception {
    home = Files.createDirectory(directory.resolve("home"));
    whole = made.clone();
    Files.write(home.resolve("keystore"), whole);
  }

  private static Keystore make(Path home, char[] passphrase) throws CofreException {
    Keystore.Account account =
        new Keystore.Account(
            "https://cofre.example", new TeamId(RANDOM.bytes(32)), new Head(1, Hash.ZERO));
    Identity identity = Identity.ofNewMember(RANDOM);
    return Keystore.create(home, passphrase, account, identity, RANDOM.secret(32), RANDOM);
  }

  private KeystoreLayout.Outer outer() throws Exception {
    return KeystoreLayout.FILE.decode(whole);
  }

  private LocalState refused(byte[] bytes) throws Exception {
    Files.write(home.resolve("keystore"), bytes);
    LocalState failure =
        assertThrows(LocalState.class, () -> Keystore.open(home, unlockKey, RANDOM).close());
    assertArrayEquals(bytes, Files.readAllBytes(home.resolve("keystore")));
    return failure;
  }

  private static String told(CofreException failure) {
    return failure.getClass() + failure.getMessage() + failure.hint() + failure.getCause();
  }

  /// Wherever the sealed part was changed, or the salt that belongs to it, the answer is one and the same.
  @Test
  @Tag("A01")
  @Tag("A06")
  void failsInOneWayWhereverItWasChanged() throws Exception {
    int sealed = outer().sealed().length();
    int salt = outer().salt().length();
    Set<String> answers = new HashSet<>();
    for (int i = whole.length - sealed; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 << i % 8);
      answers.add(told(refused(changed)));
    }
    for (int i = 0; i < salt; i++) {
      byte[] changed = whole.clone();
      changed[4 + i] ^= 1;
      answers.add(told(refused(changed)));
    }
    assertEquals(1, answers.size(), answers.toString());
  }

  /// The failure of the seal itself: one type, one text.
  @Test
  @Tag("A01")
  @Tag("A06")
  @Tag("C10")
  void failsInOneWayAfterTenThousandChanges() throws Exception {
    Random random = new Random(11);
    byte[] sealed = outer().sealed().toArray();
    byte[] context =
        Context.of(
            Label.KEYSTORE,
            outer().salt(),
            Bytes.of(ByteBuffer.allocate(12).putInt(65_536).putInt(3).putInt(1).array()));
    assertTrue(Cobblestone.open(unlockKey, context, sealed).length > 200);
    Set<String> answers = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      byte[] changed = sealed.clone();
      int first = random.nextInt(sealed.length);
      changed[first] ^= (byte) random.nextInt(1, 256);
      for (int n = random.nextInt(8); n > 0; n--) {
        int at = random.nextInt(sealed.length);
        changed[at] = at == first ? changed[at] : (byte) random.nextInt(256);
      }
      Tampered failure =
          assertThrows(Tampered.class, () -> Cobblestone.open(unlockKey, context, changed));
      answers.add(told(failure));
    }
    assertEquals(1, answers.size(), answers.toString());
  }

  /// What stands in the clear around it: never opened, never overwritten, never an error of another kind.
  @Test
  @Tag("A01")
  @Tag("M02")
  @Tag("F01")
  void neverOpensWithAnotherHeaderOrLength() throws Exception {
    for (int i = 0; i < whole.length - outer().sealed().length(); i++) {
      for (int change = 1; change < 256; change <<= 1) {
        byte[] changed = whole.clone();
        changed[i] ^= (byte) change;
        refused(changed);
      }
    }
    for (int length = 0; length < whole.length; length += length < 80 ? 1 : 37) {
      refused(Arrays.copyOf(whole, length));
    }
    refused(Arrays.copyOf(whole, whole.length + 1));
    refused(new byte[2 << 20]);
  }

  @Test
  @Tag("A01")
  void saysOfAWrongPassphraseWhatItSaysOfAChangedFile() throws Exception {
    byte[] changed = whole.clone();
    changed[whole.length - 1] ^= 1;
    Files.write(home.resolve("keystore"), changed);
    String damaged = told(unopened(PASSPHRASE));
    Files.write(home.resolve("keystore"), whole);
    assertEquals(damaged, told(unopened("of somebody else".toCharArray())));
    Keystore.open(home, PASSPHRASE, RANDOM).close();
  }

  private LocalState unopened(char[] passphrase) {
    return assertThrows(LocalState.class, () -> Keystore.open(home, passphrase, RANDOM).close());
  }

  /// The cost is authenticated: one within its bounds that is not the one it was made with opens nothing.
  @Test
  @Tag("A10")
  @Tag("M01")
  @Tag("M02")
  void takesNoOtherCostThanItWasMadeWith() throws Exception {
    KeystoreLayout.Outer right = outer();
    assertEquals(Argon2.Cost.FLOOR.memoryKib(), right.memoryKib());
    assertEquals(Argon2.Cost.FLOOR.iterations(), right.iterations());
    long[][] costs = {
      {1, 1, 1},
      {8, 3, 1},
      {65_535, 3, 1},
      {65_536, 2, 1},
      {65_536, 3, 0},
      {0, 0, 0},
      {1L << 31, 3, 1},
      {1L << 62, 3, 1},
      {65_536, 1L << 62, 1},
      {65_536, 3, 1L << 62},
      {65_537, 3, 1},
      {65_536, 4, 1},
      {65_536, 3, 2},
      {1 << 20, 16, 4}
    };
    for (long[] cost : costs) {
      refused(
          KeystoreLayout.FILE.encode(
              new KeystoreLayout.Outer(right.salt(), cost[0], cost[1], cost[2], right.sealed())));
    }
  }

  /// The most that a file may ask for is more than this Java has: that is said, and nothing falls over.
  @Test
  @Tag("A10")
  @Tag("L09")
  void refusesACostThatThisMachineCannotPay() throws Exception {
    assertTrue(Runtime.getRuntime().maxMemory() < 1L << 30, "too much memory to notice");
    KeystoreLayout.Outer right = outer();
    Files.write(
        home.resolve("keystore"),
        KeystoreLayout.FILE.encode(
            new KeystoreLayout.Outer(right.salt(), 1 << 20, 16, 4, right.sealed())));
    assertThrows(LocalState.class, () -> Keystore.open(home, PASSPHRASE, RANDOM).close());
    assertThrows(Malformed.class, () -> Argon2.Cost.read(1 << 20, 16, 4));
  }

  @Test
  @Tag("M02")
  void aNewPassphraseComesWithANewSaltAtTheCurrentCost() throws Exception {
    try (Keystore keystore = Keystore.open(home, unlockKey, RANDOM)) {
      Bytes before = outer().salt();
      keystore.changePassphrase("four other words".toCharArray());
      whole = Files.readAllBytes(home.resolve("keystore"));
      assertFalse(outer().salt().equals(before));
      assertEquals(Argon2.Cost.FLOOR.memoryKib(), outer().memoryKib());
    }
  }

  /// What looks like a key is a passphrase like any other.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  @Tag("A11")
  void everyPassphraseGoesThroughArgon2(String passphrase) throws Exception {
    Path other = directory.resolve("other");
    try (Keystore keystore = make(other, passphrase.toCharArray());
        SecretBytes key = keystore.unlockKey()) {
      KeystoreLayout.Outer file =
          KeystoreLayout.FILE.decode(Files.readAllBytes(other.resolve("keystore")));
      try (SecretBytes derived =
          Argon2.derive(passphrase.toCharArray(), file.salt(), Argon2.Cost.FLOOR)) {
        assertArrayEquals(derived.toArray(), key.toArray());
      }
      byte[] raw = passphrase.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      for (int from = 0; from + 32 <= raw.length; from += 16) {
        assertFalse(Arrays.equals(Arrays.copyOfRange(raw, from, from + 32), key.toArray()));
      }
      if (raw.length == 64) {
        byte[] decoded = Bytes.fromHex(passphrase).toArray();
        assertFalse(Arrays.equals(decoded, key.toArray()));
      }
    }
  }
}
