package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.Vault;
import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.format.PaddedFrame;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;
import dev.cofre.client.report.Renewal;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contents that stand in the way of being sealed again: each is said, and none keeps the others from it.
@Hostile
class SealingAgainTest {
  private final RandomSource random = RandomSource.system();

  @TempDir private Path directory;
  private Company company;
  private Actor ana;
  private Actor rui;
  private MemberId removed;

  @BeforeEach
  void begin() throws Exception {
    company = Company.of(directory, "Ana");
    ana = company.founder();
    rui = company.member("Rui", VaultRole.EDITOR);
    removed = rui.member();
    ana.put("/a", "older");
  }

  private void remove() throws CofreException {
    ana.inVault(vault -> vault.revoke(removed, Vault.Abandon.NEVER));
  }

  private static Renewal again(Actor actor, Renewal before) throws CofreException {
    return actor.inVault(vault -> vault.reencrypt(before, 100, Progress.NONE));
  }

  /// Rui seals what no client of ours seals, and is removed.
  private void putBadlyFramed(String path) throws Exception {
    int size = 10;
    Bytes key = random.bytes(32);
    byte[] record = RogueCommit.layout(path, size, key, PaddedFrame.sealedLength(size));
    World world = company.world();
    Commits.Append made =
        rui.misuse(identity -> new RogueCommit(world, company.vault()).of(identity, record));
    Change.Put put = Commit.read(made.commit()).value().puts().getFirst();
    byte[] frame = new byte[(int) PaddedFrame.length(size)];
    frame[7] = (byte) size;
    frame[frame.length - 1] = 1;
    byte[] context =
        SealedRecords.contentContext(
            world.state().id(), company.vault(), put.file(), put.blob().orElseThrow());
    try (SecretBytes secret = SecretBytes.copyOf(key.toArray())) {
      world.blobs().put(put.blob().orElseThrow(), Cobblestone.seal(secret, context, frame, random));
    }
    world.shelf(company.vault()).append(world.state(), made);
  }

  @Test
  void oneThatIsBadlyFramedIsListedAndTheOthersAreSealed() throws Exception {
    putBadlyFramed("/b");
    ana.put("/c", "newer");
    remove();
    Renewal renewal = again(ana, Renewal.NOTHING_YET);
    assertEquals(3, renewal.current());
    assertEquals(2, renewal.fresh());
    Outcome failed = renewal.failed().values().iterator().next();
    assertEquals("/b", failed.path());
    assertTrue(failed.failure().orElseThrow() instanceof Malformed);
    assertTrue(renewal.done());
  }

  @Test
  void oneWhoseKeyIsKeptBackIsListed() throws Exception {
    Actor eva = company.member("Eva", VaultRole.EDITOR);
    assertEquals(List.of("/a"), eva.list());
    eva.line().withholdWraps();
    ana.put("/b", "not for Eva's eyes");
    remove();
    Renewal renewal = again(eva, Renewal.NOTHING_YET);
    assertEquals(2, renewal.current());
    assertEquals(1, renewal.fresh());
    assertEquals(1, renewal.failed().size());
    assertTrue(renewal.done());
  }

  /// It is nobody's any more to be sealed again, and the others still are.
  @Test
  void oneThatFailedAndIsReplacedCountsNoMore() throws Exception {
    putBadlyFramed("/b");
    remove();
    Renewal first = again(ana, Renewal.NOTHING_YET);
    assertEquals(1, first.failed().size());
    ana.inVault(vault -> vault.remove(List.of("/b")));
    Renewal second = again(ana, first);
    assertEquals(1, second.current());
    assertEquals(0, second.failed().size());
    assertTrue(second.done());
  }

  @Test
  void aViewerIsTold() throws Exception {
    Actor eva = company.member("Eva", VaultRole.VIEWER);
    assertEquals(List.of("/a"), eva.list());
    Refused refused = assertThrows(Refused.class, () -> again(eva, Renewal.NOTHING_YET));
    assertEquals("not-allowed", refused.code());
  }
}
