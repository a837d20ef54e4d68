package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Forked;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.report.Content;
import dev.cofre.client.report.Progress;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.vault.Commit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that goes back in time, shows different people different things, or loses some.
class HistoryTest extends EvilTest {
  private static final int DEEP = 12;

  /// As it was any number of changes ago, to somebody who has seen all of them.
  @Test
  @Tag("E01")
  @Tag("E08")
  @Tag("H05")
  void whoHasSeenItAllSeesEveryReturnToThePast() throws Exception {
    ana.list();
    for (int changes = 1; changes <= DEEP; changes++) {
      World past = world.past(changes);
      if (isSame(past)) {
        continue; // only wraps were added since
      }
      soFarSoGood();
      ana.line().show(past);
      for (int again = 0; again < 2; again++) {
        RolledBack told = ana.fails(RolledBack.class, cofre -> cofre.vault(Actor.VAULT));
        assertTrue(told.hint().orElse("").contains("restored from a backup"));
      }
      assertThrows(RolledBack.class, () -> ana.put("/letters/new.txt", "a letter that is new"));
      assertNothingSent();
      ana.line().show(world);
      assertWhole(ana);
    }
  }

  private boolean isSame(World past) throws CofreException {
    var vault = play.company().vault();
    return past.state().head().equals(world.state().head())
        && past.shelf(vault).head().equals(world.shelf(vault).head());
  }

  /// The log of one time with the vaults of another.
  @Test
  @Tag("E02")
  @Tag("E08")
  void agesDoNotMix() throws Exception {
    ana.list();
    for (int log = 0; log <= DEEP; log += 2) {
      for (int vaults = 0; vaults <= DEEP; vaults += 3) {
        World logs = log == 0 ? world : world.past(log);
        World shelves = vaults == 0 ? world : world.past(vaults);
        ana.line().show(logs, shelves);
        boolean current =
            logs.state().head().equals(world.state().head())
                && shelves
                    .shelf(play.company().vault())
                    .head()
                    .equals(world.shelf(play.company().vault()).head());
        Verdict verdict = Verdict.of(() -> ana.list().size() == 5);
        assertEquals(current ? Verdict.RIGHT : verdict, verdict, log + " " + vaults);
        assertTrue(current || verdict == Verdict.INTEGRITY || verdict == Verdict.UNAVAILABLE);
      }
    }
    ana.line().show(world);
    assertWhole(ana);
  }

  /// Four devices of three people, two histories, and who sees which is drawn by lot: nobody is ever shown anything wrong, and once anything
  /// crosses over, it is seen.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @Tag("E04")
  void aForkIsSeenByWhoeverSeesAnythingOfBothSides(long seed) throws Exception {
    Random random = new Random(seed);
    List<Actor> devices = List.of(ana, play.rui(), play.eva(), play.phone());
    for (Actor device : devices) {
      device.list();
    }
    World one = world.copy();
    World two = world.copy();
    for (int i = 0; i < devices.size(); i++) {
      devices.get(i).line().show(i % 2 == 0 ? one : two);
    }
    ana.put("/letters/one.txt", "on the one side");
    devices.get(1).put("/letters/two.txt", "on the other side");
    for (int i = 0; i < 4; i++) {
      Actor device = devices.get(random.nextInt(devices.size()));
      device.put("/letters/more" + i + ".txt", "more of it");
    }
    for (int i = 0; i < devices.size(); i++) {
      Actor device = devices.get(i);
      device.list();
      device.line().show(i % 2 == 0 ? two : one);
      CofreException told = assertThrows(CofreException.class, device::list);
      assertTrue(told instanceof Forked || told instanceof RolledBack, told::toString);
      if (told instanceof Forked) {
        assertEquals(2, evidence(device).size());
        for (Path file : evidence(device)) {
          Codec.of(SignedBytes.class).decode(Files.readAllBytes(file));
        }
      }
    }
  }

  /// One history in answer to every odd question for commits and the other to every even one.
  @Test
  @Tag("E05")
  void takingTurnsBetweenTwoHistoriesIsSeen() throws Exception {
    Actor rui = play.rui();
    Actor eva = play.eva();
    ana.list();
    rui.list();
    World other = world.copy();
    ana.line().show(other);
    ana.put("/letters/one.txt", "on the one side");
    rui.put("/letters/two.txt", "on the other side");
    rui.put("/letters/three.txt", "on the other side");
    int[] asked = {0};
    eva.line()
        .on(
            Route.COMMITS,
            (_, honest) -> {
              eva.line().show(++asked[0] % 2 == 0 ? other : world);
              return honest;
            });
    int seen = 0;
    for (int i = 0; i < 4; i++) {
      Verdict verdict = Verdict.of(() -> eva.list().size() >= 5);
      assertTrue(verdict.allowed());
      seen += verdict == Verdict.INTEGRITY ? 1 : 0;
    }
    assertTrue(seen > 0);
    eva.line().honest();
    for (World each : List.of(world, other)) { // she has proof as soon as one of two answers stands
      eva.line().show(each);
      Verdict.of(() -> eva.list().isEmpty());
    }
    assertEquals(2, evidence(eva).size());
    eva.fails(Forked.class, cofre -> cofre.vaults());
  }

  /// What somebody wrote and the server took is missed by them at once, and by others as soon as anything comes after it.
  @Test
  @Tag("E07")
  @Tag("D05")
  void nobodysWritesCanBeSuppressed() throws Exception {
    Actor rui = play.rui();
    Actor eva = play.eva();
    World without = world.copy();
    rui.put("/letters/new.txt", "a letter that is suppressed");
    rui.line().show(without);
    rui.fails(RolledBack.class, cofre -> cofre.vault(Actor.VAULT));
    ana.put("/letters/newer.txt", "a letter that comes after it");
    long suppressed = world.shelf(play.company().vault()).head().seq() - 1;
    evil.on(
        Route.COMMITS,
        Script.record(
            Commits.Page.class,
            page ->
                new Commits.Page(
                    page.commits().stream().filter(item -> seq(item) != suppressed).toList(),
                    page.bundles(),
                    page.channels(),
                    page.head())));
    CofreException told = assertThrows(CofreException.class, eva::list);
    assertEquals(Verdict.INTEGRITY, Verdict.of(told));
    evil.honest();
    assertEquals(7, eva.list().size());
  }

  private static long seq(Commits.Item item) {
    try {
      return Commit.read(item.commit()).value().seq();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /// An editor who would have the vault end.
  @ParameterizedTest
  @ValueSource(longs = {0, 2, 1L << 31, 1L << 53, Long.MAX_VALUE - 2})
  @Tag("E09")
  void aPlaceThatIsNotTheNextIsNoPlace(long jump) throws Exception {
    Identity rui = play.rui().twin();
    Head head = world.shelf(play.company().vault()).head();
    Commits.SealedRecord record = Forgery.record();
    SignedBytes forged =
        Forgery.commit(
            world,
            play.company().vault(),
            new Head(jump == 0 ? 0 : Math.max(head.seq() + 1, jump), head.hash()),
            world.state().head(),
            rui,
            Forgery.put(record));
    long seq = Commit.read(forged).value().seq();
    evil.on(
        Route.COMMITS,
        Script.record(
            Commits.Page.class,
            page ->
                new Commits.Page(
                    List.of(new Commits.Item(forged, List.of(record))),
                    List.of(),
                    List.of(),
                    new Head(Math.max(seq, head.seq() + 1), forged.hash(Label.COMMIT)))));
    CofreException told = assertThrows(CofreException.class, ana::list);
    assertEquals(Verdict.INTEGRITY, Verdict.of(told));
    evil.honest();
    ana.put("/letters/new.txt", "the vault goes on");
    assertEquals(6, ana.list().size());
  }

  /// Whatever of the device's memory is gone, it is not taken for a beginning.
  @Test
  @Tag("E10")
  void aMemoryThatIsGoneIsMissed() throws Exception {
    Actor rui = play.rui();
    rui.list();
    List<Path> files;
    try (var all = Files.walk(rui.home())) {
      files = all.filter(Files::isRegularFile).toList();
    }
    Set<String> dispensable = Set.of("lock", "names", "invited");
    int missed = 0;
    for (Path file : files) {
      byte[] kept = Files.readAllBytes(file);
      Files.delete(file);
      soFarSoGood();
      try {
        assertEquals(5, rui.list().size());
        String name = file.getFileName().toString();
        if (dispensable.contains(name) || name.endsWith(".channels")) {
          continue; // asked for again, or made afresh
        }
        // the signed commits, which are only read again to show or to verify them
        rui.inVault(vault -> vault.verify(Content.SKIPPED, Progress.NONE));
        throw new AssertionError("not missed: " + file);
      } catch (LocalState gone) {
        missed++;
        assertNothingSent();
        Files.write(file, kept);
      }
    }
    assertTrue(missed >= 4, () -> "only some of " + files);
    assertWhole(rui);
  }

  /// A home that was restored from a backup, and a copy of one that is used at the same time.
  @Test
  @Tag("E11")
  void aDeviceThatIsBehindItselfGoesOnAndLosesNothing() throws Exception {
    Actor now = play.rui();
    Actor restored = play.rui();
    now.put("/letters/now.txt", "written before the backup came back");
    restored.put("/letters/restored.txt", "written after the backup came back");
    now.put("/letters/first.txt", "and a third version");
    restored.put("/letters/first.txt", "and a fourth version");
    for (Actor each : List.of(now, restored, ana, play.eva())) {
      assertEquals(7, each.list().size());
      assertEquals("and a fourth version", each.read("/letters/first.txt"));
      assertEquals(List.of(), evidence(each));
    }
    assertEquals(4, ana.inVault(vault -> vault.history("/letters/first.txt")).size());
  }

  /// Ways in which contents get lost.
  enum Loss {
    NOT_FOUND,
    SERVER_ERROR,
    EMPTY,
    CUT;

    Answer answer(Answer honest) {
      return switch (this) {
        case NOT_FOUND -> Answer.problem(404, "not-found");
        case SERVER_ERROR -> Answer.empty(500);
        case EMPTY -> honest.body(Bytes.EMPTY);
        case CUT -> honest.length(Integer.toString(honest.body().length() + 100));
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  @Tag("E12")
  void whatTheServerLostIsNotDeletedHere(Loss loss) throws Exception {
    Path target = Files.createDirectory(directory.resolve("got"));
    Path mine = Files.createDirectory(target.resolve("letters")).resolve("third.txt");
    Files.writeString(mine, "what was here before");
    evil.on(Route.BLOB, (_, honest) -> loss.answer(honest));
    evil.on(Route.BLOBS, (_, honest) -> Loss.NOT_FOUND.answer(honest));
    var outcomes = ana.inVault(vault -> vault.get(List.of("/letters"), target, Progress.NONE));
    assertTrue(outcomes.stream().allMatch(outcome -> outcome.failure().isPresent()));
    assertEquals("what was here before", Files.readString(mine));
    try (var files = Files.list(target.resolve("letters"))) {
      assertEquals(List.of(mine), files.toList());
    }
    assertEquals(5, ana.list().size());
    soFarSoGood();
    evil.honest();
    evil.on(Route.COMMITS, (_, honest) -> loss.answer(honest));
    evil.on(Route.LOG, (_, honest) -> loss.answer(honest));
    assertThrows(CofreException.class, ana::list);
    assertFalse(ana.run(cofre -> cofre.knownVaults()).isEmpty());
    assertNothingSent();
    evil.honest();
    assertWhole(ana);
  }
}
