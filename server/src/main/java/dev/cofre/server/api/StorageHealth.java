package dev.cofre.server.api;

import dev.cofre.server.blob.BlobStore;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.ExecutorService;

/// Whether the blob store answers: part of readiness.
@Singleton
@Readiness
class StorageHealth extends AbstractHealthIndicator<String> {
  private final BlobStore store;

  StorageHealth(BlobStore store, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.store = store;
    this.executorService = executor;
  }

  @Override
  protected String getHealthInformation() {
    try {
      store.probe();
      healthStatus = HealthStatus.UP;
    } catch (IOException _) {
      healthStatus = HealthStatus.DOWN;
    }
    return "storage";
  }

  @Override
  protected String getName() {
    return "storage";
  }
}
