package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.RolledBack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A device that does not know the newest, and a server that shows it this and that of the past.
class LaggingDeviceTest extends EvilTest {
  private static final int DEEP = 12;

  private World past(int changes) {
    return changes == 0 ? world : world.past(changes);
  }

  private long vaultSeq(World of) throws CofreException {
    return of.shelf(play.company().vault()).head().seq();
  }

  /// It goes forward, by any steps, and never back: neither the log nor the vault, each time it is started anew.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @Tag("E01")
  @Tag("E02")
  void goesForwardOnly(long seed) throws Exception {
    Random random = new Random(seed);
    Actor eva = play.eva();
    long knownLog = -1;
    long knownVault = -1;
    int refused = 0;
    for (int i = 0; i < 30; i++) {
      World log = past(random.nextInt(DEEP + 1));
      World vaults = past(random.nextInt(DEEP + 1));
      eva.line().show(log, vaults);
      soFarSoGood();
      boolean back = log.state().head().seq() < knownLog || vaultSeq(vaults) < knownVault;
      try {
        eva.list();
        assertFalse(back, "took what is older than it knew");
        knownLog = log.state().head().seq();
        knownVault = vaultSeq(vaults);
      } catch (CofreException told) {
        refused++;
        Verdict verdict = Verdict.of(told);
        assertTrue(verdict == Verdict.INTEGRITY || verdict == Verdict.UNAVAILABLE, told::toString);
        assertTrue(!back || told instanceof RolledBack || verdict == Verdict.UNAVAILABLE);
        assertNothingSent();
      }
      assertEquals(0, evidence(eva).size());
    }
    assertTrue(refused > 0);
    assertTrue(knownVault >= 0, "never went forward");
    eva.line().show(world);
    assertWhole(eva);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  /// Its whole memory is one of another day: it goes by that, loses nothing, and takes nothing that is older still.
  @Test
  @Tag("E10")
  @Tag("E01")
  void withTheMemoryOfAnotherDayGoesByThat() throws Exception {
    Actor rui = play.rui();
    rui.list();
    Path state = rui.home().resolve("state");
    Path kept = directory.resolve("kept");
    copy(state, kept);
    World before = world.copy();
    rui.put("/letters/new.txt", "written after the copy");
    ana.put("/letters/newer.txt", "written by somebody else");
    assertEquals(7, rui.list().size());

    delete(state);
    copy(kept, state);
    rui.line().show(world.with(play.company().vault(), vaultSeq(before) - 1));
    rui.fails(RolledBack.class, cofre -> cofre.vault(Actor.VAULT));
    rui.line().show(world);
    assertEquals(7, rui.list().size());
    assertEquals("written after the copy", rui.read("/letters/new.txt"));
    assertEquals(0, evidence(rui).size());
    rui.line().show(before);
    rui.fails(RolledBack.class, cofre -> cofre.vault(Actor.VAULT));
  }

  /// Without any memory, or with that of another device, it does not begin anew.
  @Test
  @Tag("E10")
  void withoutAMemoryOfItsOwnDoesNotBeginAnew() throws Exception {
    Actor rui = play.rui();
    Path state = rui.home().resolve("state");
    Path kept = directory.resolve("kept");
    copy(state, kept);
    delete(state);
    soFarSoGood();
    assertEquals(LocalState.Kind.MISSING, refusal(rui));
    Files.createDirectory(state);
    assertEquals(LocalState.Kind.MISSING, refusal(rui));
    delete(state);
    copy(play.eva().home().resolve("state"), state);
    assertEquals(LocalState.Kind.DAMAGED, refusal(rui));
    assertThrows(LocalState.class, () -> rui.put("/letters/new.txt", "a letter that is new"));
    assertNothingSent();
    delete(state);
    copy(kept, state);
    assertWhole(rui);
  }

  private static LocalState.Kind refusal(Actor actor) {
    return actor.fails(LocalState.class, cofre -> cofre.vault(Actor.VAULT)).kind();
  }
}
