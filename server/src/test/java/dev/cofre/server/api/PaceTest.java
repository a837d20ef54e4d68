package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.server.access.Limits;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("N07")
final class PaceTest {
  private final AtomicLong now = new AtomicLong();

  private void pass(int seconds) {
    now.addAndGet(seconds * 1_000_000_000L);
  }

  @Test
  void isPatientAtFirstAndStrictThen() {
    Pace pace = new Pace(now::get, 1000, Limits.USUAL.grace());
    pass((int) Limits.USUAL.grace().toSeconds());
    assertFalse(pace.isTooSlow(1));
    pass(10);
    assertTrue(pace.isTooSlow(0));
    assertFalse(pace.isTooSlow(10_000));
    pass(10);
    assertTrue(pace.isTooSlow(9_000));
    assertFalse(pace.isTooSlow(1_000));
  }

  @Test
  void aBodyMayTakeNoLongerThanAtTheSlowestRate() {
    assertEquals(15 + 2048, Limits.USUAL.timeFor(8 << 20).toSeconds());
  }
}
