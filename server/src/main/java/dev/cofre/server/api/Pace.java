package dev.cofre.server.api;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How fast bytes go through. Whoever is slower than the slowest rate once the grace is over only holds what others need.
final class Pace {
  /// Of what is held in memory, in bytes a second.
  static final int IN_MEMORY = 16 << 10;

  private final LongSupplier nanos;
  private final long slowest;
  private final long grace;
  private final long begun;
  private long done;

  /// @param nanos a clock
  /// @param slowest bytes a second
  /// @param grace how long it may take, however slowly it goes
  Pace(LongSupplier nanos, int slowest, Duration grace) {
    this.nanos = nanos;
    this.slowest = slowest;
    this.grace = grace.toNanos();
    this.begun = nanos.getAsLong();
  }

  /// Counts bytes, and says whether they came too slowly so far.
  boolean isTooSlow(long more) {
    done += more;
    long beyond = nanos.getAsLong() - begun - grace;
    return beyond > 0 && done < beyond / 1_000_000 * slowest / 1000;
  }
}
