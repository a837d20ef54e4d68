package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.server.postgres.PostgresAddress;
import dev.cofre.server.tls.Authority;
import dev.cofre.server.tls.Presented;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A PostgreSQL that speaks TLS, spoken to as one beyond this machine is.
final class DatabaseByTlsTest {
  private static final Path DATA =
      Path.of("target", "test-server", "postgres", "data").toAbsolutePath();
  private static final Path SETTINGS = DATA.resolve("postgresql.conf");

  private static byte[] before;
  private static Authority authority;

  @BeforeAll
  static void begin() throws Exception {
    TestServer.databaseAddress();
    before = Files.readAllBytes(SETTINGS);
    authority = Authority.named("Ours");
    authority.writePem(DATA.resolve("ca.pem"));
  }

  @AfterAll
  static void end() throws Exception {
    Files.write(SETTINGS, before);
    reload();
    awaitSetting("ssl", "off");
  }

  private static void present(Presented presented) throws Exception {
    String name = presented.name();
    presented.by(authority).write(DATA, name);
    Files.setPosixFilePermissions(
        DATA.resolve(name + ".key"), PosixFilePermissions.fromString("rw-------"));
    String more =
        "\nssl = on\nssl_cert_file = '%s.crt'\nssl_key_file = '%s.key'\n".formatted(name, name);
    Files.write(SETTINGS, before);
    Files.writeString(SETTINGS, more, StandardOpenOption.APPEND);
    reload();
    awaitSetting("ssl_cert_file", name + ".crt");
  }

  private static void reload() throws Exception {
    String postmaster = Files.readAllLines(DATA.resolve("postmaster.pid")).getFirst().strip();
    assertEquals(0, new ProcessBuilder("kill", "-HUP", postmaster).start().waitFor());
  }

  /// A process of PostgreSQL that begins after all settings were read again knows them.
  private static void awaitSetting(String name, String value) throws Exception {
    for (int i = 0; i < 200; i++) {
      try (Connection connection = connect(elsewhere("?sslmode=disable"))) {
        if (value.equals(ask(connection, "SHOW " + name))) {
          return;
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError(name + " is not " + value);
  }

  private static String ask(Connection connection, String question) throws SQLException {
    try (Statement sql = connection.createStatement();
        ResultSet answer = sql.executeQuery(question)) {
      assertTrue(answer.next());
      return answer.getString(1);
    }
  }

  /// The address that the server makes of one beyond this machine, with this machine's name in it.
  private static String elsewhere(String parameters) throws Exception {
    String there = "//db.example:5432/cofre";
    String here = TestServer.databaseAddress().jdbcUrl().replace("127.0.0.1", "localhost");
    return DatabaseUrl.of("jdbc:postgresql:" + there + parameters)
        .text()
        .replace("jdbc:postgresql:" + there, here);
  }

  private static Connection connect(String url) throws IOException, SQLException {
    PostgresAddress address = TestServer.databaseAddress();
    return DriverManager.getConnection(url, address.user(), address.password());
  }

  private static String byOurAuthority() throws Exception {
    return elsewhere("?sslrootcert=" + DATA.resolve("ca.pem"));
  }

  @Test
  void servesAWholeServerByTls() throws Exception {
    present(Presented.RIGHT);
    String trusting = byOurAuthority();
    try (SideServer side =
        SideServer.start(url -> trusting + "&" + url.substring(url.indexOf('?') + 1), _ -> {})) {
      side.use();
      assertEquals(0, TeamOnServer.start().state.head().seq());
      try (Connection connection = TestServer.database()) {
        String encrypted =
            "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE ssl";
        assertTrue(Integer.parseInt(ask(connection, encrypted)) > 0);
      }
    }
  }

  @Test
  void isNotTakenBySomebodyWhoTrustsTheSystemsAuthorities() throws Exception {
    present(Presented.RIGHT);
    connect(byOurAuthority()).close();
    assertThrows(SQLException.class, () -> connect(elsewhere("")));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RIGHT")
  void isNotTakenWithAnotherCertificate(Presented presented) throws Exception {
    present(presented);
    assertThrows(SQLException.class, () -> connect(byOurAuthority()));
  }

  @Test
  void isNotTakenWithoutTls() throws Exception {
    Files.write(SETTINGS, before);
    reload();
    awaitSetting("ssl", "off");
    assertThrows(SQLException.class, () -> connect(byOurAuthority()));
    assertThrows(SQLException.class, () -> connect(elsewhere("")));
  }
}
