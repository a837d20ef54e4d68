package dev.cofre.server.domain;

import java.time.Duration;

/// How long an object may go without being referred to before it is marked, and again before it is deleted.
public record Grace(Duration period) {
  public Grace {
    if (!period.isPositive()) {
      throw new IllegalArgumentException("a grace period is positive");
    }
  }
}
