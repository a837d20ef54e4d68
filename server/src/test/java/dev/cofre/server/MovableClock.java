package dev.cofre.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The system's clock, moved forward by tests that do not want to wait.
public final class MovableClock implements InstantSource {
  private volatile Duration ahead = Duration.ZERO;

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  public void advance(Duration by) {
    ahead = ahead.plus(by);
  }
}
