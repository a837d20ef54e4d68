package dev.cofre.server.api;

import dev.cofre.server.blob.BlobStore;
import dev.cofre.server.blob.DiskSpace;
import io.micronaut.core.async.publisher.AsyncSingleResultPublisher;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the blob store answers, and whether the data directory's disk has room: part of readiness. Asked by anybody, so
/// it looks at most once in [#KEPT], however often and by however many it is asked.
@Singleton
@Readiness
class StorageHealth implements HealthIndicator {
  /// How long an answer is given again.
  static final Duration KEPT = Duration.ofSeconds(5);

  /// What is stored can be read, but nothing more is stored: worse than up and better than down, and not a reason to keep
  /// readers away.
  static final HealthStatus LOW = new HealthStatus("LOW", "the disk is almost full", null, null);

  private static final Logger LOG = LoggerFactory.getLogger(StorageHealth.class);

  private final BlobStore store;
  private final Optional<DiskSpace> disk;
  private final InstantSource clock;
  private final ExecutorService executor;
  private Optional<Seen> seen = Optional.empty();

  private record Seen(HealthStatus status, Instant at) {}

  StorageHealth(
      BlobStore store,
      Optional<DiskSpace> disk,
      InstantSource clock,
      @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.store = store;
    this.disk = disk;
    this.clock = clock;
    this.executor = executor;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return new AsyncSingleResultPublisher<>(
        executor, () -> HealthResult.builder("storage", status()).build());
  }

  /// Who comes while another looks waits for what that one sees.
  synchronized HealthStatus status() {
    Instant now = clock.instant();
    if (seen.isEmpty() || !Duration.between(seen.get().at(), now).abs().minus(KEPT).isNegative()) {
      HealthStatus status = look();
      if (!status.equals(HealthStatus.UP)) {
        LOG.warn("event=storage-{}", status.getName());
      }
      seen = Optional.of(new Seen(status, now));
    }
    return seen.get().status();
  }

  private HealthStatus look() {
    try {
      if (disk.filter(DiskSpace::isLow).isPresent()) {
        return LOW;
      }
      store.probe();
      return HealthStatus.UP;
    } catch (IOException | RuntimeException _) {
      return HealthStatus.DOWN;
    }
  }
}
