package dev.cofre.server.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How to reach a database. Holds the password, so it prints only the place.
public final class PostgresAddress {
  private static final int PORT_LINE = 3;

  private final int port;
  private final String password;

  PostgresAddress(int port, String password) {
    this.port = port;
    this.password = password;
  }

  /// The database that serves a directory right now, if one does.
  public static Optional<PostgresAddress> running(Path directory) throws IOException {
    Path home = directory.toAbsolutePath().normalize();
    if (PostgresCluster.postmaster(home.resolve("data")).isEmpty()) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(home.resolve("data/postmaster.pid"));
    if (lines.size() <= PORT_LINE) {
      return Optional.empty();
    }
    return Optional.of(
        new PostgresAddress(
            Integer.parseInt(lines.get(PORT_LINE).strip()),
            Files.readString(home.resolve("password"), StandardCharsets.US_ASCII).strip()));
  }

  /// Where JDBC finds the database.
  public String jdbcUrl() {
    return jdbcUrl(EmbeddedPostgres.NAME);
  }

  String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /// The role that owns the database; not a superuser.
  public String user() {
    return EmbeddedPostgres.NAME;
  }

  /// The role's password.
  public String password() {
    return password;
  }

  @Override
  public String toString() {
    return "port " + port;
  }
}
