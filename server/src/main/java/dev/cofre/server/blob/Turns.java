package dev.cofre.server.blob;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One at a time for each key, within this process. A repeated request waits for the first and then finds its work done,
/// instead of half done. Holds an entry only for keys that somebody works on or waits for.
final class Turns {
  private final ConcurrentHashMap<ObjectKey, Turn> turns = new ConcurrentHashMap<>();

  /// What is done in a turn.
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  private static final class Turn {
    private final ReentrantLock lock = new ReentrantLock();
    private int users;
  }

  /// Waits for this key's turn, then works.
  void run(ObjectKey key, Work work) throws IOException {
    Turn turn = Objects.requireNonNull(turns.compute(key, (_, known) -> join(known)));
    turn.lock.lock();
    try {
      work.run();
    } finally {
      turn.lock.unlock();
      turns.computeIfPresent(key, (_, known) -> leave(known));
    }
  }

  private static Turn join(@Nullable Turn known) {
    Turn turn = known == null ? new Turn() : known;
    turn.users++;
    return turn;
  }

  private static @Nullable Turn leave(Turn turn) {
    turn.users--;
    return turn.users == 0 ? null : turn;
  }
}
