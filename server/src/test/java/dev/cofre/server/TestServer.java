package dev.cofre.server;

import dev.cofre.server.access.Limits;
import dev.cofre.server.blob.FaultyBlobStore;
import dev.cofre.server.postgres.PostgresAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// One server with its own PostgreSQL for all tests of a JVM.
public final class TestServer {
  private static final Path HOME = Path.of("target", "test-server");
  public static final long QUOTA = 1L << 30;

  /// As usual, but that a test need not wait long until what is slow is given up, and that all tests together, which come from one
  /// address, may ask as often as a fast machine lets them.
  public static final Limits LIMITS =
      new Limits(
          10_000, 10_000, 10_000, 4096, 256, 4 << 10, Duration.ofSeconds(3), Duration.ofSeconds(6));

  public static final MovableClock CLOCK = new MovableClock();
  private static final AtomicReference<FaultyBlobStore> BLOBS = new AtomicReference<>();
  private static final RunningServer SERVER = start();

  private TestServer() {}

  /// Where requests go: this server, but while [SideServer#use] lasts.
  public static URI uri() {
    return SideServer.inUse().orElseGet(SERVER::uri);
  }

  /// What the server stores bytes in.
  public static FaultyBlobStore blobs() {
    return BLOBS.get();
  }

  /// A part of the server.
  public static <T> T bean(Class<T> type) {
    return SERVER.bean(type);
  }

  /// The server's database, beside the server.
  public static Connection database() throws IOException, SQLException {
    PostgresAddress address = databaseAddress();
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  /// Where the server's database is.
  public static PostgresAddress databaseAddress() throws IOException {
    return PostgresAddress.running(HOME.resolve("postgres").toAbsolutePath()).orElseThrow();
  }

  private static RunningServer start() {
    try {
      deleteData();
      Settings settings =
          Settings.of(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), HOME)
              .grace(Duration.ofHours(24))
              .quota(QUOTA)
              .limits(LIMITS);
      RunningServer server =
          RunningServer.start(
              settings,
              CLOCK,
              blobs -> {
                BLOBS.set(new FaultyBlobStore(blobs));
                return BLOBS.get();
              });
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Deletes what an earlier run left, but for PostgreSQL's unpacked programs, which take seconds to make.
  private static void deleteData() throws IOException {
    deleteTree(HOME.resolve("blobs"));
    Path postgres = HOME.resolve("postgres");
    if (!Files.exists(postgres)) {
      return;
    }
    try (Stream<Path> children = Files.list(postgres)) {
      for (Path child : children.toList()) {
        if (!child.getFileName().toString().startsWith("programs-")) {
          deleteTree(child);
        }
      }
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
