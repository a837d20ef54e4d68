package dev.cofre.server.domain;

import dev.cofre.server.blob.BlobStore;
import dev.cofre.server.store.ChallengeRows;
import dev.cofre.server.store.HoldRows;
import dev.cofre.server.store.RelayRows;
import dev.cofre.server.store.SessionRows;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes away what has expired, and objects that no commit ever referred to. Any number of servers may run it at once.
@Singleton
public class Sweep {
  private static final int MARKS_IN_A_PERIOD = 24;
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private final Objects objects;
  private final BlobStore store;
  private final SessionRows sessions;
  private final ChallengeRows challenges;
  private final RelayRows relays;
  private final HoldRows holds;
  private final Sends sends;
  private final Grace grace;
  private final InstantSource clock;
  private long marked;

  Sweep(
      Objects objects,
      BlobStore store,
      SessionRows sessions,
      ChallengeRows challenges,
      RelayRows relays,
      HoldRows holds,
      Sends sends,
      Grace grace,
      InstantSource clock) {
    this.objects = objects;
    this.store = store;
    this.sessions = sessions;
    this.challenges = challenges;
    this.relays = relays;
    this.holds = holds;
    this.sends = sends;
    this.grace = grace;
    this.clock = clock;
  }

  /// Every minute: sweeps, and logs what fails instead of stopping.
  @Scheduled(initialDelay = "20s", fixedDelay = "1m")
  void run() {
    try {
      sweep();
    } catch (RuntimeException e) {
      LOG.warn("event=sweep-failed cause={}", e.getClass().getSimpleName());
    }
  }

  /// Sweeps once.
  ///
  /// @return how many objects were deleted
  public synchronized int sweep() {
    long now = clock.millis();
    sessions.deleteExpired(now);
    challenges.deleteExpired(now);
    relays.deleteExpired(now);
    holds.deleteExpired(now);
    sends.sweep(now);
    if (now - marked >= grace.period().toMillis() / MARKS_IN_A_PERIOD) {
      marked = now;
      mark(now);
    }
    return objects.delete(now);
  }

  private void mark(long now) {
    objects.mark(now - grace.period().toMillis(), now);
    try {
      store.abandonUploads(
          Instant.ofEpochMilli(now).minus(grace.period().multipliedBy(2)), objects.open());
    } catch (IOException e) {
      LOG.warn("event=abandon-failed cause={}", e.getClass().getSimpleName());
    }
  }
}
