package dev.cofre.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.cofre.server.access.Origin;
import dev.cofre.server.blob.BlobStore;
import dev.cofre.server.blob.DirectStore;
import dev.cofre.server.blob.DirectoryBlobStore;
import dev.cofre.server.blob.DiskSpace;
import dev.cofre.server.blob.S3BlobStore;
import dev.cofre.server.blob.S3DirectStore;
import dev.cofre.server.postgres.EmbeddedPostgres;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server that listens. Closing it gives requests under way some seconds, stops HTTP, then background work, the connections to the database, the blob store,
/// and last the embedded database.
public final class RunningServer implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(8);
  private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);

  private final ApplicationContext context;
  private final EmbeddedServer http;
  private final BlobStore blobs;
  private final Optional<EmbeddedPostgres> postgres;

  private RunningServer(
      ApplicationContext context,
      EmbeddedServer http,
      BlobStore blobs,
      Optional<EmbeddedPostgres> postgres) {
    this.context = context;
    this.http = http;
    this.blobs = blobs;
    this.postgres = postgres;
  }

  /// Starts a server by the system's clock; returns when it answers.
  ///
  /// @throws IOException when the directory, the database, the blob store or the address cannot be used
  public static RunningServer start(Settings settings) throws IOException {
    return start(settings, InstantSource.system());
  }

  /// Starts a server by another clock.
  public static RunningServer start(Settings settings, InstantSource clock) throws IOException {
    return start(settings, clock, UnaryOperator.identity());
  }

  /// Starts a server that sees its blob store through another one, for tests in this package.
  static RunningServer start(
      Settings settings, InstantSource clock, UnaryOperator<BlobStore> through) throws IOException {
    Optional<EmbeddedPostgres> postgres = Optional.empty();
    BlobStore blobs = openBlobs(settings);
    try {
      if (settings.database().isEmpty()) {
        postgres = Optional.of(EmbeddedPostgres.start(settings.data().resolve("postgres")));
      }
      return start(
          settings,
          new Wiring.Outside(clock, new SecureRandom(), through.apply(blobs), direct(settings)),
          blobs,
          postgres);
    } catch (IOException | RuntimeException e) {
      try {
        close(blobs, postgres);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private static RunningServer start(
      Settings settings,
      Wiring.Outside outside,
      BlobStore blobs,
      Optional<EmbeddedPostgres> postgres) {
    ApplicationContext[] started = new ApplicationContext[1];
    Origin origin =
        new Origin(() ->
            settings
                .publicUrl()
                .orElseGet(() -> address(started[0].getBean(EmbeddedServer.class))));
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .properties(properties(settings, postgres))
            .singletons(
                outside,
                origin,
                settings.registration(),
                settings.addresses(),
                settings.grace(),
                settings.quota(),
                settings.limits())
            .build();
    if (Files.isDirectory(settings.data())) {
      context.registerSingleton(DiskSpace.of(settings.data()));
    }
    started[0] = context;
    try {
      context.start();
      EmbeddedServer http = context.getBean(EmbeddedServer.class);
      http.start();
      return new RunningServer(context, http, blobs, postgres);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private static BlobStore openBlobs(Settings settings) throws IOException {
    SecureRandom random = new SecureRandom();
    if (settings.bucket().isPresent()) {
      Settings.Bucket bucket = settings.bucket().get();
      return new S3BlobStore(bucket.settings(), bucket.credentials(), random);
    }
    Files.createDirectories(settings.data());
    return new DirectoryBlobStore(settings.data().resolve("blobs"), random);
  }

  /// By the system's clock, for the store compares with its own.
  private static DirectStore direct(Settings settings) {
    return settings
        .bucket()
        .flatMap(bucket ->
            bucket
                .direct()
                .<DirectStore>map(endpoint ->
                    new S3DirectStore(
                        bucket.settings(), endpoint, bucket.credentials(), InstantSource.system())))
        .orElse(DirectStore.NONE);
  }

  private static Map<String, Object> properties(
      Settings settings, Optional<EmbeddedPostgres> postgres) {
    Map<String, Object> properties = new HashMap<>();
    Settings.Database database =
        settings
            .database()
            .orElseGet(() -> {
              EmbeddedPostgres own = postgres.orElseThrow();
              return new Settings.Database(own.jdbcUrl(), own.user(), own.password());
            });
    properties.put("datasources.default.url", database.url());
    properties.put("datasources.default.username", database.user());
    properties.put("datasources.default.password", database.password());
    properties.put("datasources.default.maximum-pool-size", settings.databaseConnections());
    properties.put("micronaut.server.host", settings.listen().getAddress().getHostAddress());
    properties.put("micronaut.server.port", settings.listen().getPort());
    return properties;
  }

  private static URI address(EmbeddedServer http) {
    String host = http.getHost();
    return URI.create(
        "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + http.getPort());
  }

  /// The address it listens on.
  public URI uri() {
    return address(http);
  }

  /// A part of it, for tests in this package.
  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    try {
      drain();
      http.stop();
    } finally {
      try {
        context.close();
      } finally {
        closeStores();
      }
    }
  }

  /// Takes no new requests, and gives those that are under way a moment to come to their end.
  private void drain() {
    if (http instanceof GracefulShutdownCapable graceful) {
      try {
        graceful.shutdownGracefully().toCompletableFuture().get(DRAIN.toMillis(), MILLISECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (TimeoutException _) {
        LOG.info("event=drain-cut-off seconds={}", DRAIN.toSeconds());
      } catch (ExecutionException e) {
        LOG.warn("event=drain-failed", e.getCause());
      }
    }
  }

  private void closeStores() {
    try {
      close(blobs, postgres);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(BlobStore blobs, Optional<EmbeddedPostgres> postgres)
      throws IOException {
    try {
      if (blobs instanceof S3BlobStore s3) {
        s3.close();
      }
    } finally {
      if (postgres.isPresent()) {
        postgres.get().close();
      }
    }
  }
}
