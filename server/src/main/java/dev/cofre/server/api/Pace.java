package dev.cofre.server.api;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How fast bytes go through. Whoever is slower than [#BYTES_PER_SECOND] once [#GRACE] is over only holds memory.
final class Pace {
  static final Duration GRACE = Duration.ofSeconds(15);
  static final long BYTES_PER_SECOND = 16 << 10;

  private final LongSupplier nanos;
  private final long begun;
  private long done;

  Pace(LongSupplier nanos) {
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  /// Counts bytes, and says whether they came too slowly so far.
  boolean isTooSlow(long more) {
    done += more;
    long beyond = nanos.getAsLong() - begun - GRACE.toNanos();
    return beyond > 0 && done < beyond / 1_000_000 * BYTES_PER_SECOND / 1000;
  }
}
