package dev.cofre.server;

import dev.cofre.server.blob.BlobStore;
import dev.cofre.server.blob.DirectStore;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Hands what comes from outside to whoever asks for it by its interface.
@Factory
final class Wiring {
  private final Outside outside;

  Wiring(Outside outside) {
    this.outside = outside;
  }

  /// Time, randomness and storage.
  record Outside(
      InstantSource clock, RandomGenerator random, BlobStore blobs, DirectStore direct) {}

  /// Primary, because the framework has a clock of its own.
  @Primary
  @Singleton
  InstantSource clock() {
    return outside.clock();
  }

  @Singleton
  RandomGenerator random() {
    return outside.random();
  }

  @Singleton
  BlobStore blobs() {
    return outside.blobs();
  }

  @Singleton
  DirectStore direct() {
    return outside.direct();
  }
}
