package dev.cofre.client.remote;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;

/// Lets contents pass no faster than so many bytes a second, all together that share it. For any number of threads.
final class Rate {
  /// Bytes that pass at once where a rate holds: few, so that nobody on the other side waits long for the next.
  static final int PIECE = 16 << 10;

  private static final long SECOND = 1_000_000_000;
  private static final long MILLISECOND = 1_000_000;

  private final long bytesPerSecond;
  private final InstantSource clock;
  private final Patience.Sleeper sleeper;

  /// When what has passed so far has had its time, in nanoseconds.
  private long due;

  /// @param bytesPerSecond positive
  Rate(long bytesPerSecond, InstantSource clock, Patience.Sleeper sleeper) {
    this.bytesPerSecond = bytesPerSecond;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /// Counts bytes, and returns when they have had their time. Time in which nothing passed is not saved up.
  ///
  /// @throws InterruptedIOException when the thread is interrupted meanwhile, and it stays so
  void pass(int bytes) throws InterruptedIOException {
    long wait = wait(bytes);
    if (wait <= 0) {
      return;
    }
    try {
      sleeper.sleep(Duration.ofMillis(wait));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while it was held back");
    }
  }

  /// In milliseconds.
  private synchronized long wait(int bytes) {
    long now = clock.millis() * MILLISECOND;
    due = Math.max(due, now) + bytes * SECOND / bytesPerSecond;
    return (due - now) / MILLISECOND;
  }
}
