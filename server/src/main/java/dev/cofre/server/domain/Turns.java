package dev.cofre.server.domain;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Id;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Problem;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Who may write next. A transaction that waits for a row keeps one of few connections to the database; so the writers of one log
/// or one vault wait here, before they have one, and a team has at most [#OF_A_TEAM] at a time.
@Singleton
class Turns {
  static final int OF_A_TEAM = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<Bytes, Queue> queues = new ConcurrentHashMap<>();

  private record Queue(Semaphore turns, int users) {
    Queue with(int more) {
      return new Queue(turns, users + more);
    }
  }

  /// Works when it is this team's turn in this place: the team's own id for its log, or a vault.
  ///
  /// @throws Refusal `BUSY` when the turn does not come within ten seconds
  <T> T take(TeamId team, Id place, Supplier<T> work) {
    Bytes inTeam = Hash.sha256(team.value().toArray(), place.value().toArray()).value();
    return within(inTeam, 1, () -> within(team.value(), OF_A_TEAM, work));
  }

  private <T> T within(Bytes key, int width, Supplier<T> work) {
    Queue queue =
        queues.compute(
            key,
            (_, old) ->
                Optional.ofNullable(old)
                    .orElseGet(() -> new Queue(new Semaphore(width, true), 0))
                    .with(1));
    try {
      await(queue.turns());
      try {
        return work.get();
      } finally {
        queue.turns().release();
      }
    } finally {
      queues.computeIfPresent(key, (_, old) -> old.users() == 1 ? null : old.with(-1));
    }
  }

  private static void await(Semaphore turns) {
    try {
      Refusal.unless(
          turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS),
          Problem.BUSY,
          "others are writing there: again in a moment");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Refusal(Problem.BUSY, "the server stops");
    }
  }
}
