package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Forked;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.client.hostile.Schedule.Seat;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.signed.Signed;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever the schedule: devices that are shown one history agree, and a device that is shown another one than it has seen goes on only
/// if that one continues its own. `-Dcofre.schedules=N` plays N of them.
@Hostile
class ScheduleTest {
  private static final int USUAL = 3;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Integer.getInteger("cofre.schedules", USUAL));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Tag("E04")
  @Tag("H02")
  void allDevicesAgreeOrOneSaysThatTheyDoNot(long seed, @TempDir Path directory) throws Exception {
    Schedule schedule = Schedule.played(directory, seed);
    Map<World, List<String>> agreed = new HashMap<>();
    for (Seat seat : schedule.seats()) {
      if (seat.belongs()) {
        List<String> listed = seat.actor.list();
        assertEquals(agreed.computeIfAbsent(seat.shown, _ -> listed), listed);
        readAll(seat, listed);
      } else {
        assertThrows(CofreException.class, seat.actor::list);
      }
    }
    for (Seat seat : schedule.seats()) {
      World other = other(schedule, seat);
      boolean stays = other.state().members().get(seat.member).confirmed();
      if (seat.belongs() && stays) {
        cross(schedule, seat, other, agreed);
      }
    }
  }

  private static World other(Schedule schedule, Seat seat) {
    return schedule.worlds().getFirst() == seat.shown
        ? schedule.worlds().getLast()
        : schedule.worlds().getFirst();
  }

  private static void readAll(Seat seat, List<String> paths) throws CofreException {
    for (String path : paths) {
      assertEquals(path, "/" + seat.actor.read(path) + ".txt");
    }
  }

  /// A device is shown the world of others.
  private static void cross(
      Schedule schedule, Seat seat, World other, Map<World, List<String>> agreed)
      throws CofreException {
    Step log = Step.between(hashes(seat.shown.log()), hashes(other.log()));
    Step chain = Step.between(chain(schedule, seat.shown), chain(schedule, other));
    seat.actor.line().show(other);
    if (log == Step.ON && chain == Step.ON) {
      List<String> listed = seat.actor.list();
      assertEquals(agreed.getOrDefault(other, listed), listed);
      return;
    }
    CofreException told = assertThrows(CofreException.class, seat.actor::list);
    boolean parted = log == Step.APART || (log == Step.ON && chain == Step.APART);
    if (parted) {
      assertInstanceOf(Forked.class, told);
      seat.actor.line().show(seat.shown);
      assertThrows(Forked.class, seat.actor::list, "forgets the fork");
    } else {
      assertTrue(told instanceof RolledBack || told instanceof Forked, told.toString());
    }
  }

  private static List<Hash> hashes(List<? extends Signed<?>> all) {
    return all.stream().map(Signed::hash).toList();
  }

  private static List<Hash> chain(Schedule schedule, World world) throws CofreException {
    return hashes(world.shelf(schedule.company().vault()).commits());
  }

  /// How one history stands to another that was seen before.
  private enum Step {
    /// It continues it, or is the same.
    ON,
    /// It is shorter.
    BACK,
    /// Each has something that the other has not.
    APART;

    static Step between(List<Hash> seen, List<Hash> shown) {
      int common = 0;
      while (common < Math.min(seen.size(), shown.size())
          && seen.get(common).equals(shown.get(common))) {
        common++;
      }
      if (common == seen.size()) {
        return ON;
      }
      return common == shown.size() ? BACK : APART;
    }
  }
}
