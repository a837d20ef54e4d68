package dev.cofre.client.remote;

import java.time.Duration;

/// How long to wait for a server, and how often to try again.
///
/// @param connect longest time to a connection
/// @param read longest silence of the server
/// @param attempts tries of a call that may be repeated, at least 1
/// @param firstPause before the second try; doubles from try to try, each taken at random between a half and all of it
/// @param longestPause the bound of a pause, also of one that the server asks for
public record Patience(
    Duration connect, Duration read, int attempts, Duration firstPause, Duration longestPause) {
  /// What a person at a terminal bears.
  public static final Patience USUAL =
      new Patience(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          5,
          Duration.ofMillis(250),
          Duration.ofSeconds(20));

  public Patience {
    if (attempts < 1
        || !connect.isPositive()
        || !read.isPositive()
        || firstPause.isNegative()
        || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException("no such patience");
    }
  }

  /// Lets time pass: [Thread#sleep(Duration)], or less in tests.
  @FunctionalInterface
  public interface Sleeper {
    /// Returns after the time has passed.
    void sleep(Duration time) throws InterruptedException;
  }
}
