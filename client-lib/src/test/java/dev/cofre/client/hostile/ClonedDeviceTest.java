package dev.cofre.client.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.Cofre;
import dev.cofre.client.Person;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.vault.Change;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One device twice: a cloned machine, a copied directory, a backup that came back.
class ClonedDeviceTest {
  private final World world = new World();
  private Desk one;
  private Desk other;
  private VaultId vault;

  @BeforeEach
  void clone(@TempDir Path directory) throws Exception {
    one =
        Desk.begin(
            directory.resolve("one"),
            world,
            InstantSource.system(),
            (surroundings, home, passphrase) ->
                Cofre.createTeam(
                    surroundings,
                    home,
                    passphrase,
                    URI.create("https://cofre.example"),
                    "Company",
                    new Person("Ana", ""),
                    Optional.empty()));
    vault = one.run(cofre -> cofre.createVault(Actor.VAULT).id());
    one.put("/a.txt", "first");
    other = one.copied(directory.resolve("other"));
  }

  /// Both go on from the same memory; nothing that one drew is drawn by the other.
  @Test
  @Tag("C13")
  @Tag("C12")
  void neverDrawsWhatTheOtherDrew() throws Exception {
    World fork = world.copy();
    Desk elsewhere = other.in(fork);
    long cloned = world.shelf(vault).head().seq();
    for (int i = 0; i < 5; i++) {
      one.put("/same.txt", "text " + i);
      elsewhere.put("/same.txt", "text " + i);
    }
    Set<Bytes> salts = new HashSet<>();
    int seals = 0;
    for (World each : List.of(world, fork)) {
      for (Commits.Item item : items(each)) {
        for (Commits.SealedRecord record : item.records()) {
          salts.add(record.sealed().slice(0, 24));
          seals++;
        }
      }
      for (byte[] blob : each.blobs().values()) {
        salts.add(Bytes.of(blob, 0, 24));
        seals++;
      }
    }
    int before = 2 + 1;
    assertEquals(seals - before, salts.size());
    assertTrue(salts.size() >= 20);
    List<Bytes> ids = new ArrayList<>();
    for (World each : List.of(world, fork)) {
      for (Change.Put put : putsAfter(cloned, each)) {
        ids.add(put.revision().value());
        ids.add(put.blob().orElseThrow().value());
      }
    }
    assertEquals(20, ids.size());
    assertEquals(20, Set.copyOf(ids).size());
    assertRemembersUnderOtherSalts();
  }

  private List<Change.Put> putsAfter(long seq, World of) throws Exception {
    return of.shelf(vault).commits().stream()
        .map(Signed::value)
        .filter(commit -> commit.seq() > seq)
        .flatMap(commit -> commit.puts().stream())
        .toList();
  }

  /// Both seal what they remember under one key: what they sealed since they parted has salts of its own.
  private void assertRemembersUnderOtherSalts() throws Exception {
    int parted = 0;
    for (Path file : one.memory()) {
      byte[] ours = Files.readAllBytes(file);
      byte[] theirs = Files.readAllBytes(other.home().resolve(one.home().relativize(file)));
      int at = Arrays.mismatch(ours, theirs);
      if (at >= 0) {
        String name = file.getFileName().toString();
        assertTrue(at <= 4 || name.matches(".*\\.(log|chain|index)"), name + " at " + at);
        byte[] salt = Arrays.copyOfRange(ours, at + 4, at + 20);
        assertEquals(-1, new String(theirs, ISO_8859_1).indexOf(new String(salt, ISO_8859_1)));
        parted++;
      }
    }
    assertTrue(parted >= 3, "only " + parted);
  }

  private List<Commits.Item> items(World of) throws Exception {
    return of.shelf(vault).page(of.state().members().keySet().iterator().next(), 0, 500).commits();
  }

  /// The older of the two is not taken for an attack, and does none: it catches up, and its writes come after the other's.
  @Test
  @Tag("M06")
  void catchesUpWithTheOtherAndLosesNothing() throws Exception {
    one.put("/b.txt", "by one");
    other.put("/c.txt", "by other");
    one.put("/d.txt", "by one");
    List<String> all = List.of("/a.txt", "/b.txt", "/c.txt", "/d.txt");
    assertEquals(all, one.list());
    assertEquals(all, other.list());
  }

  /// A server that hides what the other wrote is found out by the one that saw it, before it writes again.
  @Test
  @Tag("C12")
  @Tag("M06")
  void writesNothingUponWhatIsOlderThanItKnows() throws Exception {
    World before = world.copy();
    one.put("/b.txt", "second");
    int blobs = before.blobs().size();
    assertThrows(RolledBack.class, () -> one.in(before).put("/b.txt", "second"));
    assertEquals(blobs, before.blobs().size());
  }
}
