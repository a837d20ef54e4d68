package dev.cofre.client.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.signed.SignedBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a device remembers, in other hands for a while.
@Tag("L14")
class PoisonedReplicaTest {
  private final RandomSource random = RandomSource.system();
  private final SecretBytes key = random.secret(32);
  private final VaultId vault = new VaultId(random.bytes(32));
  private final VaultId another = new VaultId(random.bytes(32));

  @TempDir private Path home;

  private LocalSeal seal() {
    return new LocalSeal(key, random);
  }

  private SignedBytes signed(int length) {
    return new SignedBytes(random.bytes(length), random.bytes(64));
  }

  private Head head(long seq) {
    return new Head(seq, new Hash(random.bytes(32)));
  }

  @BeforeEach
  void remember() throws Exception {
    Replica replica = Replica.create(home, seal(), List.of(signed(40)), head(1));
    replica.append(List.of(signed(50)), head(2));
    replica.saveNames(List.of(new Profile(random.bytes(32), "Ana Silva", "")));
    replica.saveInvited(List.of());
    for (VaultId each : List.of(vault, another)) {
      VaultStore store = replica.vault(each);
      Commits.Item item =
          new Commits.Item(signed(60), List.of(new Commits.SealedRecord(random.bytes(80))));
      List<Stored.Fact> facts =
          List.of(
              new Stored.Fact.Opened(
                  new RevisionId(random.bytes(16)), random.bytes(32), random.bytes(90)));
      store.append(List.of(item), facts, head(1));
      store.append(List.of(item), facts, head(2));
      store.saveChannels(
          List.of(
              new Stored.OwnChannel(
                  new MemberId(random.bytes(16)), Hash.ZERO, signed(70), random.bytes(32))));
    }
    readAll();
  }

  private void readAll() throws CofreException {
    Replica replica = Replica.open(home, seal());
    replica.entries();
    replica.names();
    replica.invited();
    replica.alarm();
    for (VaultId each : List.of(vault, another)) {
      VaultStore store = replica.vault(each);
      store.readChain(_ -> {});
      store.readFacts(_ -> {});
      store.channels();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("state"))) {
      return files.sorted().toList();
    }
  }

  private void assertDamaged(String what) {
    LocalState failure = assertThrows(LocalState.class, this::readAll, what);
    assertTrue(
        failure.kind() == LocalState.Kind.DAMAGED || failure.kind() == LocalState.Kind.MISSING,
        () -> what + ": " + failure);
    assertTrue(failure.hint().isPresent());
  }

  @Test
  void noChangedByteIsReadAgain() throws Exception {
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < whole.length; i += i < 4 ? 1 : 29) {
        byte[] changed = whole.clone();
        changed[i] ^= (byte) (1 << i % 8);
        Files.write(file, changed);
        assertDamaged(file.getFileName() + " at " + i);
      }
      Files.write(file, whole);
      readAll();
    }
  }

  @Test
  void nothingCutIsReadAsLess() throws Exception {
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      Set<Integer> lengths = new TreeSet<>(Set.of(0, whole.length - 1));
      for (int length = 67; length < whole.length; length += 67) {
        lengths.add(length);
      }
      int end = 0;
      for (byte[] segment : segments(file, whole)) { // whole segments are missing, or nearly
        lengths.addAll(List.of(end, end + 4, end + segment.length - 1));
        end += segment.length;
      }
      for (int length : lengths) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertDamaged(file.getFileName() + " of " + length);
      }
      Files.write(file, whole);
    }
  }

  /// Each file in the place of each other: of another kind, and of another vault.
  @Test
  @Tag("A02")
  @Tag("C09")
  @Tag("C19")
  void noFileStandsForAnother() throws Exception {
    List<Path> files = files();
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      for (Path other : files) {
        if (!other.equals(file)) {
          Files.write(file, Files.readAllBytes(other));
          assertDamaged(other.getFileName() + " as " + file.getFileName());
        }
      }
      Files.write(file, whole);
    }
  }

  /// The segments of a log in another order, one twice, one from before.
  @Test
  void segmentsKeepTheirPlaces() throws Exception {
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      List<byte[]> segments = segments(file, whole);
      if (segments.size() == 2) {
        for (int[] order : new int[][] {{1, 0}, {0, 0}, {1, 1}}) {
          Files.write(file, segments.get(order[0]));
          Files.write(file, segments.get(order[1]), java.nio.file.StandardOpenOption.APPEND);
          assertDamaged(file.getFileName() + Arrays.toString(order));
        }
        Files.write(file, whole);
      }
    }
  }

  private static List<byte[]> segments(Path file, byte[] whole) {
    List<byte[]> segments = new ArrayList<>();
    String name = file.getFileName().toString();
    if (name.endsWith(".log") || name.endsWith(".chain") || name.endsWith(".index")) {
      for (int at = 0; at < whole.length; ) {
        int length = 4 + java.nio.ByteBuffer.wrap(whole).getInt(at);
        segments.add(Arrays.copyOfRange(whole, at, at + length));
        at += length;
      }
    }
    return segments;
  }

  /// Nobody else may even look.
  @Test
  void everythingIsItsOwnersAlone() throws Exception {
    assertEquals("rwx------", mode(home.resolve("state")));
    for (Path file : files()) {
      assertEquals("rw-------", mode(file), file.toString());
      assertTrue(!text(file).contains("Ana Silva"));
    }
  }

  private static String text(Path file) throws IOException {
    return Bytes.of(Files.readAllBytes(file)).length() == 0
        ? ""
        : new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
