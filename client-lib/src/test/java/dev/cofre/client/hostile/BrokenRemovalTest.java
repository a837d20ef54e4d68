package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.report.Progress;
import dev.cofre.client.report.Renewal;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Somebody's right ends, and the connection breaks off in the middle of what that brings about.
class BrokenRemovalTest extends EvilTest {
  /// On which side of the break the last request falls.
  enum Break {
    /// The server never sees it.
    BEFORE,
    /// The server does what it asks, and the answer is lost.
    AFTER
  }

  private static final int REQUESTS = 53;

  /// The requests of a removal and of what it brings about, on either side: all up to the second content that is sealed again, and of the
  /// others, which go the same way, one here and one there.
  static Stream<Arguments> breaks() {
    return IntStream.rangeClosed(1, REQUESTS)
        .filter(request -> request <= 22 || request % 8 == REQUESTS % 8)
        .boxed()
        .flatMap(request -> Stream.of(Break.values()).map(side -> Arguments.of(request, side)));
  }

  /// The server has the removed member's keys from the beginning, and nothing ever opens with them.
  @ParameterizedTest
  @MethodSource("breaks")
  @Tag("H08")
  @Tag("H06")
  void isFinishedByTheNextRun(int request, Break side) throws Exception {
    Actor rui = play.rui();
    MemberId removed = rui.member();
    evil.ring().add(rui.twin());
    Set<BlobId> had = Set.copyOf(world.blobs().keySet());
    int arrived = breakAt(_ -> true, request, side, () -> removeAndSealAgain(removed));
    assertTrue(arrived >= request, () -> "there are " + arrived + " requests only");
    if (world.state().members().get(removed).confirmed()) {
      removeAndSealAgain(removed);
    }
    Renewal last = ana.inVault(BrokenRemovalTest::sealAgain);
    assertEquals(5, last.fresh());
    assertTrue(last.done());
    for (BlobId current : currentContents()) {
      assertFalse(had.contains(current), "a content that the removed member has the key of");
    }
    assertWhole(ana);
    assertWhole(play.eva());
    ana.put("/letters/new.txt", "not for Rui");
    assertThrows(Refused.class, rui::list);
  }

  /// Without a break there are no more of them.
  @Test
  void hasNoMoreRequestsThanTheseToBreakAt() throws Exception {
    MemberId removed = play.rui().member();
    int[] arrived = {0};
    evil.cut(_ -> ++arrived[0] < 0);
    removeAndSealAgain(removed);
    assertEquals(REQUESTS, arrived[0]);
  }

  /// Does something until the connection breaks at some request, and stays broken for such requests; says how many of them arrived.
  private int breakAt(Predicate<Route> which, int request, Break side, Callable<Boolean> what) {
    int[] arrived = {0};
    evil.cut(route ->
        which.test(route)
            && (++arrived[0] > request || (arrived[0] == request && side == Break.BEFORE)));
    evil.on(new Script.Rule(which, (_, honest) -> arrived[0] < request ? honest : Answer.hangUp()));
    assertEquals(Verdict.UNAVAILABLE, Verdict.of(what));
    evil.honest();
    return arrived[0];
  }

  private Set<BlobId> currentContents() throws CofreException {
    Map<FileId, Optional<BlobId>> contents = new HashMap<>();
    for (Signed<Commit> commit : world.shelf(play.company().vault()).commits()) {
      for (Change change : commit.value().changes()) {
        switch (change) {
          case Change.Put put -> contents.put(put.file(), put.blob());
          case Change.Delete delete -> contents.remove(delete.file());
          case Change.Purge _, Change.Send _, Change.SendEnd _, Change.SendExtend _ -> {}
        }
      }
    }
    return contents.values().stream().flatMap(Optional::stream).collect(Collectors.toSet());
  }

  private boolean removeAndSealAgain(MemberId removed) throws CofreException {
    for (VaultId vault : ana.run(cofre -> cofre.team().remove(removed, Set.of())).vaults()) {
      ana.inVault(vault.hex(), BrokenRemovalTest::sealAgain);
    }
    return true;
  }

  private static Renewal sealAgain(Vault vault) throws CofreException {
    return vault.reencrypt(Renewal.NOTHING_YET, 100, Progress.NONE);
  }

  /// A device is ended, and the connection breaks before its member has a new key. Nothing is wrapped for the old one meanwhile, and the
  /// next run replaces it.
  @Test
  @Tag("H08")
  @Tag("H12")
  void leavesAVoidKeyThatTheNextRunReplaces() throws Exception {
    Actor eva = play.eva();
    Actor phone = play.phone();
    MemberId evas = eva.member();
    DeviceId ended = phone.device();
    Bytes before = world.state().members().get(evas).memberKey().orElseThrow();
    eva.list();
    evil.ring().add(phone.twin());
    int entries = breakAt(Route.APPEND_ENTRY::equals, 2, Break.BEFORE, () -> revoke(eva, ended));
    assertTrue(entries >= 2, "the new key never came");
    assertFalse(world.state().devices().get(ended).live());
    assertEquals(Optional.empty(), world.state().members().get(evas).memberKey());
    ana.put("/letters/new.txt", "not for the phone");
    Shelf shelf = world.shelf(play.company().vault());
    long seq = shelf.head().seq();
    assertEquals(List.of(), shelf.range(evas, seq, seq).bundles());
    eva.list();
    Bytes after = world.state().members().get(evas).memberKey().orElseThrow();
    assertNotEquals(before, after);
    ana.list();
    assertEquals("not for the phone", eva.read("/letters/new.txt"));
    ana.put("/letters/newer.txt", "nor this");
    assertEquals("nor this", eva.read("/letters/newer.txt"));
    assertThrows(Refused.class, phone::list);
  }

  private static boolean revoke(Actor actor, DeviceId device) throws CofreException {
    return actor.run(cofre -> {
      cofre.team().revokeDevice(device);
      return true;
    });
  }
}
