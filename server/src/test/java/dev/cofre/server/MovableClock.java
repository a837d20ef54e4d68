package dev.cofre.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// The system's clock, moved forward by tests that do not want to wait, and stopped by those that count.
public final class MovableClock implements InstantSource {
  private volatile Duration ahead = Duration.ZERO;
  private volatile Optional<Instant> stopped = Optional.empty();

  @Override
  public Instant instant() {
    return stopped.orElseGet(Instant::now).plus(ahead);
  }

  public void advance(Duration by) {
    ahead = ahead.plus(by);
  }

  /// Stands still, but for [#advance], until it is [closed][Stopped#close].
  public Stopped stop() {
    stopped = Optional.of(Instant.now());
    return () -> stopped = Optional.empty();
  }

  /// Lets the clock go on when it is closed.
  public interface Stopped extends AutoCloseable {
    @Override
    void close();
  }
}
