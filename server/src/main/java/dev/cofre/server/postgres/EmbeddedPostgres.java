package dev.cofre.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;

/// A real PostgreSQL of the server's own, on loopback, durable (`fsync` on, data checksums), with SCRAM passwords, in one
/// directory that survives restart and `kill -9`. The directory belongs to one running server at a time.
///
/// Under `directory`: `data` (the cluster), `programs-…` (unpacked once), `password` of the role that owns the database and
/// `admin-password` of the superuser (both mode 0600), `lock`, `postgres.log` (begun anew at each start).
public final class EmbeddedPostgres implements AutoCloseable {
  /// How many connections a server may take of it. Some more are for whoever migrates it or looks inside meanwhile.
  public static final int CONNECTIONS = 40;

  static final String NAME = "cofre";
  private static final String ADMIN = "postgres";
  private static final String VERSION = "18.6.0";

  private final PostgresCluster cluster;
  private final PostgresAddress address;
  private final FileChannel lock;

  private EmbeddedPostgres(PostgresCluster cluster, PostgresAddress address, FileChannel lock) {
    this.cluster = cluster;
    this.address = address;
    this.lock = lock;
  }

  /// Starts the database kept in a directory, making it first where there is none.
  ///
  /// @throws PostgresFailure when another server has the directory, or PostgreSQL does not start
  public static EmbeddedPostgres start(Path directory) throws IOException {
    return start(directory, directory.resolve("programs-" + VERSION));
  }

  /// As [#start(Path)], with the unpacked programs elsewhere, so that several databases can share them.
  public static EmbeddedPostgres start(Path directory, Path programs) throws IOException {
    Path home = directory.toAbsolutePath().normalize();
    Files.createDirectories(
        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    FileChannel lock = lock(home);
    try {
      String password = password(home.resolve("password"));
      Path adminPassword = home.resolve("admin-password");
      String admin = password(adminPassword);
      PostgresCluster cluster =
          new PostgresCluster(PostgresBinaries.unpack(programs), home, home.resolve("data"));
      cluster.stop();
      cluster.initialise(ADMIN, adminPassword);
      return start(cluster, password, admin, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedPostgres start(
      PostgresCluster cluster, String password, String admin, FileChannel lock) throws IOException {
    try {
      int port = cluster.start(EmbeddedPostgres::freePort, Duration.ofMinutes(10));
      EmbeddedPostgres postgres =
          new EmbeddedPostgres(cluster, new PostgresAddress(port, password), lock);
      postgres.createDatabase(admin);
      return postgres;
    } catch (IOException | RuntimeException e) {
      try {
        cluster.stop();
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /// Where JDBC finds the database.
  public String jdbcUrl() {
    return address.jdbcUrl();
  }

  /// The role that owns the database; not a superuser.
  public String user() {
    return address.user();
  }

  /// The role's password.
  public String password() {
    return address.password();
  }

  /// All of that together.
  public PostgresAddress address() {
    return address;
  }

  /// Stops PostgreSQL cleanly and gives the directory free.
  @Override
  public void close() throws IOException {
    try {
      cluster.stop();
    } finally {
      lock.close();
    }
  }

  /// Leaves PostgreSQL running without its server, as `kill -9` of the server does.
  void abandon() throws IOException {
    lock.close();
  }

  @Override
  public String toString() {
    return "EmbeddedPostgres, " + address;
  }

  private static FileChannel lock(Path home) throws IOException {
    FileChannel channel =
        FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
    } catch (OverlappingFileLockException _) {
      // held by this very process: the same answer
    }
    channel.close();
    throw new PostgresFailure(
        "Another Cofre server is using " + home + ". Stop it, or choose another --data directory.");
  }

  private static String password(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      Path fresh = file.resolveSibling("password.new");
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          fresh,
          HexFormat.of().formatHex(random),
          StandardCharsets.US_ASCII,
          StandardOpenOption.WRITE,
          StandardOpenOption.DSYNC);
      Files.move(fresh, file);
      PostgresFiles.syncNames(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }
    return Files.readString(file, StandardCharsets.US_ASCII).strip();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on loopback", e);
    }
  }

  /// The passwords are hexadecimal, so one can stand in a statement; it is never logged, because `log_statement` is off.
  private void createDatabase(String admin) throws IOException {
    Properties login = new Properties();
    login.setProperty("user", ADMIN);
    login.setProperty("password", admin);
    try (Connection connection = DriverManager.getConnection(address.jdbcUrl(ADMIN), login);
        Statement statement = connection.createStatement()) {
      if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + NAME + "'")) {
        statement.execute("CREATE ROLE " + NAME + " LOGIN PASSWORD '" + address.password() + "'");
      }
      if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
        statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
      }
    } catch (SQLException e) {
      throw new PostgresFailure("The embedded PostgreSQL refuses its own password", e);
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (var rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }
}
