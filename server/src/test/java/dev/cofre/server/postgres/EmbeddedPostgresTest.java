package dev.cofre.server.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  private static final Path PROGRAMS = Path.of("target", "postgres-programs").toAbsolutePath();

  @TempDir Path directory;

  private EmbeddedPostgres start() throws Exception {
    return EmbeddedPostgres.start(directory, PROGRAMS);
  }

  private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(EmbeddedPostgres postgres) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM kept")) {
      assertTrue(rows.next());
      return rows.getLong(1);
    }
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  private ProcessHandle postmaster() throws Exception {
    String pid = Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst().strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  @Test
  void keepsRowsThroughACleanStopAndThroughKill() throws Exception {
    try (EmbeddedPostgres first = start()) {
      execute(first, "CREATE TABLE kept (n int)");
      execute(first, "INSERT INTO kept VALUES (1)");
    }
    try (EmbeddedPostgres second = start()) {
      assertEquals(1, count(second));
      execute(second, "INSERT INTO kept VALUES (2)");
      assertTrue(postmaster().destroyForcibly());
    }
    try (EmbeddedPostgres third = start()) {
      assertEquals(2, count(third));
    }
  }

  @Test
  void stopsThePostgresOfAKilledServerBeforeItStartsItsOwn() throws Exception {
    EmbeddedPostgres orphaned = start();
    ProcessHandle before = postmaster();
    orphaned.abandon();
    assertTrue(before.info().commandLine().isPresent());
    try (EmbeddedPostgres next = start()) {
      assertTrue(before.info().commandLine().isEmpty(), "still runs");
      execute(next, "CREATE TABLE kept (n int)");
      assertEquals(0, count(next));
    }
  }

  @Test
  void startsAlthoughAnotherProgramHasTheNumberOfAKilledPostgres() throws Exception {
    try (EmbeddedPostgres first = start()) {
      execute(first, "CREATE TABLE kept (n int)");
      execute(first, "INSERT INTO kept VALUES (1)");
    }
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(
          directory.resolve("data/postmaster.pid"),
          stranger.pid() + "\n" + directory.resolve("data") + "\n0\n1\n\n127.0.0.1\n0 0\n");
      try (EmbeddedPostgres second = start()) {
        assertEquals(1, count(second));
      }
      assertTrue(stranger.isAlive());
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void neverMakesADatabaseInPlaceOfOneThatIsThere() throws Exception {
    try (EmbeddedPostgres first = start()) {
      execute(first, "CREATE TABLE kept (n int)");
      execute(first, "INSERT INTO kept VALUES (1)");
    }
    Files.delete(directory.resolve("initialised"));
    try (EmbeddedPostgres second = start()) {
      assertEquals(1, count(second));
    }
    Files.move(directory.resolve("data/global"), directory.resolve("elsewhere"));
    PostgresFailure refused = assertThrows(PostgresFailure.class, this::start);
    assertTrue(refused.getMessage().contains("backup"), refused.getMessage());
    Files.move(directory.resolve("elsewhere"), directory.resolve("data/global"));
    try (EmbeddedPostgres third = start()) {
      assertEquals(1, count(third));
    }
    Files.move(directory.resolve("data"), directory.resolve("data.kept"));
    Files.createFile(directory.resolve("initialised")).toFile().deleteOnExit();
    assertThrows(PostgresFailure.class, this::start);
  }

  @Test
  void beginsAgainWhenTheFirstAttemptWasCutOff() throws Exception {
    Files.createDirectories(directory.resolve("data.new"));
    Files.writeString(directory.resolve("data.new/PG_VERSION"), "18");
    try (EmbeddedPostgres postgres = start()) {
      execute(postgres, "CREATE TABLE kept (n int)");
    }
    assertFalse(Files.exists(directory.resolve("data.new")));
  }

  @Test
  void refusesADirectoryThatAnotherServerHas() throws Exception {
    try (EmbeddedPostgres first = start()) {
      PostgresFailure refused = assertThrows(PostgresFailure.class, this::start);
      assertTrue(refused.getMessage().contains("Another Cofre server"), refused.getMessage());
      execute(first, "CREATE TABLE kept (n int)");
    }
  }

  @Test
  void keepsThePasswordFromOthersAndAsksForIt() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      assertEquals(
          PosixFilePermissions.fromString("rw-------"),
          Files.getPosixFilePermissions(directory.resolve("password")));
      assertFalse(postgres.toString().contains(postgres.password()));
      assertThrows(
          SQLException.class,
          () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "wrong").close());
      assertThrows(
          SQLException.class,
          () ->
              DriverManager.getConnection(postgres.jdbcUrl(), "postgres", postgres.password())
                  .close());
    }
  }
}
