package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.server.MovableClock;
import dev.cofre.server.blob.FaultyBlobStore;
import dev.cofre.server.blob.MemoryBlobStore;
import io.micronaut.health.HealthStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StorageHealthTest {
  private final FaultyBlobStore store = new FaultyBlobStore(new MemoryBlobStore());
  private final MovableClock clock = new MovableClock();

  @Test
  void looksOnceInAWhileHoweverOftenItIsAsked() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      StorageHealth health = new StorageHealth(store, Optional.empty(), clock, threads);
      List<Callable<HealthStatus>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        calls.add(health::status);
      }
      for (Future<HealthStatus> call : threads.invokeAll(calls)) {
        assertEquals(HealthStatus.UP, call.get());
      }
      assertEquals(1, store.calls());
      store.failAt(1, FaultyBlobStore.Moment.BEFORE);
      assertEquals(HealthStatus.UP, health.status());
      clock.advance(StorageHealth.KEPT);
      assertEquals(HealthStatus.DOWN, health.status());
      clock.advance(Duration.ofSeconds(-60));
      assertEquals(HealthStatus.UP, health.status());
    }
  }

  @Test
  void anAlmostFullDiskIsWorseThanUpAndBetterThanDown() {
    assertEquals(
        List.of(HealthStatus.UP, StorageHealth.LOW, HealthStatus.DOWN),
        Stream.of(StorageHealth.LOW, HealthStatus.DOWN, HealthStatus.UP).sorted().toList());
  }
}
