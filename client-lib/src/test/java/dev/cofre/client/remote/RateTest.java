package dev.cofre.client.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In a time that passes only where somebody sleeps.
class RateTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

  private Rate rate(long bytesPerSecond) {
    return new Rate(bytesPerSecond, now::get, this::pass);
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  private Duration taken() {
    return Duration.between(Instant.EPOCH, now.get());
  }

  @ParameterizedTest
  @ValueSource(longs = {32 << 10, 500_000, 10 << 20, 1L << 30, 900L << 30})
  void allTogetherTakeTheTimeThatTheRateGivesThem(long bytesPerSecond) throws Exception {
    Rate rate = rate(bytesPerSecond);
    int pieces = 10_000;
    for (int i = 0; i < pieces; i++) {
      rate.pass(Rate.PIECE);
    }
    double seconds = (double) pieces * Rate.PIECE / bytesPerSecond;
    assertEquals(seconds, taken().toMillis() / 1000.0, 0.01 * seconds + 0.002);
  }

  @Test
  void noTimeIsSavedUp() throws Exception {
    Rate rate = rate(100_000);
    pass(Duration.ofHours(1));
    rate.pass(100_000);
    assertEquals(Duration.ofHours(1).plusSeconds(1), taken());
  }

  @Test
  void anInterruptEndsTheWaiting() {
    Rate rate =
        new Rate(
            100_000,
            now::get,
            _ -> {
              throw new InterruptedException();
            });
    assertThrows(InterruptedIOException.class, () -> rate.pass(200_000));
    assertTrue(Thread.interrupted());
  }

  @Test
  void nothingSlowerThanTheLeastIsALimit() {
    OptionalLong low = OptionalLong.of(Limits.LEAST - 1);
    assertThrows(IllegalArgumentException.class, () -> new Limits(low, OptionalLong.empty()));
    assertThrows(IllegalArgumentException.class, () -> new Limits(OptionalLong.empty(), low));
  }
}
