package dev.cofre.client.remote;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Unreachable;
import java.time.Duration;
import java.util.Optional;

/// Repeats what may be repeated, after pauses that grow and differ from client to client.
final class Retries {
  private final Network network;

  Retries(Network network) {
    this.network = network;
  }

  /// One try of a call.
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws CofreException, AgainLater;
  }

  /// A try that failed in a way that may pass. Stackless.
  static final class AgainLater extends Exception {
    private static final long serialVersionUID = 1L;

    private final CofreException failure;
    private final transient Optional<Duration> after;

    AgainLater(CofreException failure, Optional<Duration> after) {
      super(failure.getMessage(), failure, false, false);
      this.failure = failure;
      this.after = after;
    }
  }

  /// A call that may be made only once.
  static <T> T once(Attempt<T> attempt) throws CofreException {
    try {
      return attempt.run();
    } catch (AgainLater later) {
      throw later.failure;
    }
  }

  /// A call that may be made again.
  <T> T repeating(Attempt<T> attempt) throws CofreException {
    for (int i = 1; ; i++) {
      try {
        return attempt.run();
      } catch (AgainLater later) {
        if (i >= network.patience().attempts()) {
          throw later.failure;
        }
        pause(later.after.map(this::bounded).orElse(spread(i)));
      }
    }
  }

  private Duration bounded(Duration asked) {
    Duration longest = network.patience().longestPause();
    return asked.compareTo(longest) > 0 ? longest : asked;
  }

  private Duration spread(int attempt) {
    Duration full =
        bounded(network.patience().firstPause().multipliedBy(1L << Math.min(attempt - 1, 20)));
    byte[] fraction = new byte[1];
    network.random().fill(fraction);
    return full.dividedBy(2).plus(full.multipliedBy(fraction[0] & 0xff).dividedBy(510));
  }

  private void pause(Duration time) throws Unreachable {
    try {
      network.sleeper().sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Unreachable("the call was interrupted");
    }
  }
}
