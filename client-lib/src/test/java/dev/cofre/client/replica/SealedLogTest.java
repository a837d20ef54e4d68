package dev.cofre.client.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.LocalState;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.signed.SignedBytes;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memories that are longer than one piece of them can be.
class SealedLogTest {
  private static final int MIB = 1 << 20;

  private final RandomSource random = RandomSource.system();
  private final SecretBytes key = random.secret(32);
  private final VaultId vault = new VaultId(random.bytes(32));
  private final Head head = new Head(1, new Hash(random.bytes(32)));

  @TempDir Path home;

  private LocalSeal seal() {
    return new LocalSeal(key, random);
  }

  private SignedBytes signed(int length) {
    return new SignedBytes(random.bytes(length), random.bytes(64));
  }

  @Test
  void readsATeamLogOfManyMebibytesAgain() throws Exception {
    List<SignedBytes> entries = Collections.nCopies(70, signed(MIB));
    Replica.create(home, seal(), entries, head);
    assertEquals(entries, Replica.open(home, seal()).entries());
    List<Integer> segments = segments("team.log");
    assertTrue(segments.size() >= 9, "" + segments);
    assertTrue(segments.stream().allMatch(length -> length < 9 * MIB), "" + segments);
  }

  @Test
  void readsMoreThanAMillionFactsAgain() throws Exception {
    Replica replica = Replica.create(home, seal(), List.of(signed(1)), head);
    List<Stored.Fact> facts =
        Collections.nCopies(
            (1 << 20) + 1, new Stored.Fact.Spoilt(new RevisionId(random.bytes(16))));
    replica.vault(vault).append(facts);
    List<Stored.Fact> read = new ArrayList<>();
    Replica.open(home, seal()).vault(vault).readFacts(read::add);
    assertEquals(facts, read);
    assertEquals(17, segments(vault.hex() + ".index").size());
  }

  /// Nothing honest is so long. It must not be found out when it is read.
  @Test
  void refusesToWriteWhatItWouldNotRead() throws Exception {
    Replica replica = Replica.create(home, seal(), List.of(signed(1)), head);
    VaultStore store = replica.vault(vault);
    Commits.SealedRecord record = new Commits.SealedRecord(Bytes.of(new byte[17 << 10]));
    Commits.Item item = new Commits.Item(signed(4 * MIB), Collections.nCopies(4096, record));
    LocalState refused =
        assertThrows(LocalState.class, () -> store.append(List.of(item), List.of(), head));
    assertEquals(LocalState.Kind.FILE, refused.kind());
    assertEquals(Head.ofEmpty(vault), Replica.open(home, seal()).vault(vault).head());
  }

  @Test
  void goesOnAfterItsLastSegment() throws Exception {
    Replica replica = Replica.create(home, seal(), Collections.nCopies(10, signed(MIB)), head);
    SignedBytes last = signed(10);
    replica.append(List.of(last), new Head(2, new Hash(random.bytes(32))));
    List<SignedBytes> read = Replica.open(home, seal()).entries();
    assertEquals(11, read.size());
    assertEquals(last, read.getLast());
  }

  private List<Integer> segments(String name) throws Exception {
    List<Integer> lengths = new ArrayList<>();
    try (RandomAccessFile file =
        new RandomAccessFile(home.resolve("state").resolve(name).toFile(), "r")) {
      while (file.getFilePointer() < file.length()) {
        int length = file.readInt();
        file.seek(file.getFilePointer() + length);
        lengths.add(length);
      }
    }
    return lengths;
  }
}
