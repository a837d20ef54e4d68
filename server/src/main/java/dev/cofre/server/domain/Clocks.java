package dev.cofre.server.domain;

import dev.cofre.protocol.api.Problem;
import java.time.Duration;
import java.time.InstantSource;

/// What the times that clients sign are held to. They decide nothing by themselves, but what stands in a chain stays there.
final class Clocks {
  private static final long TOLERANCE = Duration.ofMinutes(5).toMillis();

  private Clocks() {}

  /// @throws Refusal when a time is more than five minutes ahead of this server's clock
  static void requireNotAhead(long time, InstantSource clock) {
    Refusal.unless(
        time <= clock.millis() + TOLERANCE,
        Problem.RULE_BROKEN,
        "dated more than five minutes ahead of the server's clock");
  }
}
