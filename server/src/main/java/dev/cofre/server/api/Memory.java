package dev.cofre.server.api;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Problem;
import dev.cofre.server.domain.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A share of the heap that requests take and give back, so many bytes for all and so many for each holder. Nobody waits long for
/// it: whoever gets none in five seconds is refused.
final class Memory {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final long most;
  private final long mostOfOne;
  private final Map<Bytes, Long> held = new HashMap<>();
  private long taken;

  /// @param most for all together
  /// @param mostOfOne for each holder, at most as much
  Memory(long most, long mostOfOne) {
    this.most = most;
    this.mostOfOne = Math.min(most, mostOfOne);
  }

  /// Takes nothing yet.
  Lease lease(Bytes holder) {
    return new Lease(holder);
  }

  /// What one request holds, until it is closed.
  final class Lease implements AutoCloseable {
    private final Bytes holder;
    private long bytes;
    private boolean closed;

    private Lease(Bytes holder) {
      this.holder = holder;
    }

    /// Holds so many bytes in all.
    ///
    /// @throws Refusal `RATE_LIMITED` when the holder has too much already, `BUSY` when there is none
    void grow(long to) {
      if (to > bytes) {
        take(this, to - bytes);
        bytes = to;
      }
    }

    @Override
    public void close() {
      synchronized (Memory.this) {
        if (!closed) {
          closed = true;
          give(this);
        }
      }
    }
  }

  private synchronized void take(Lease lease, long more) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isThere(lease, more)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      Refusal.unless(left > 0, Problem.BUSY, "too much is under way: again in a moment");
      try {
        wait(left);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new Refusal(Problem.BUSY, "the server stops");
      }
    }
    taken += more;
    held.merge(lease.holder, more, Long::sum);
  }

  /// Others of the same holder may have taken theirs while one waited.
  private boolean isThere(Lease lease, long more) {
    Refusal.unless(!lease.closed, Problem.BUSY, "the request is over");
    long own = held.getOrDefault(lease.holder, 0L) + more;
    Refusal.unless(
        own <= mostOfOne, Problem.RATE_LIMITED, "too much of yours is under way: wait a second");
    return taken + more <= most;
  }

  private synchronized void give(Lease lease) {
    taken -= lease.bytes;
    held.computeIfPresent(
        lease.holder, (_, own) -> own > lease.bytes ? (Long) (own - lease.bytes) : null);
    notifyAll();
  }
}
