package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.api.ServerInfo.Registration;
import dev.cofre.server.access.Limits;
import dev.cofre.server.blob.S3Settings;
import dev.cofre.server.domain.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationTest {
  private static Settings settings(String... environment) throws BadConfiguration {
    return new Configuration(options(environment)).settings();
  }

  private static Options options(String... environment) throws BadConfiguration {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      map.put(environment[i], environment[i + 1]);
    }
    return Options.read(new String[0], map);
  }

  private static String refusal(String... environment) {
    return String.valueOf(
        assertThrows(BadConfiguration.class, () -> settings(environment)).getMessage());
  }

  @Test
  @Tag("N28")
  void letsAnybodyRegisterOnlyWhereOnlyThisMachineCanAsk() throws Exception {
    assertEquals(Registration.OPEN, settings().registration().mode());
    for (String near : List.of("http://localhost:9", "http://127.0.0.2", "http://[::1]:9")) {
      assertEquals(
          Registration.OPEN, settings("COFRE_PUBLIC_URL", near).registration().mode(), near);
    }
  }

  @Test
  @Tag("N27")
  void refusesAPublicAddressWithoutTls() throws Exception {
    for (String far :
        List.of(
            "http://cofre.example",
            "http://192.168.1.5:8420",
            "http://127.0.0.1.example",
            "http://[2001:db8::1]")) {
      assertTrue(refusal("COFRE_PUBLIC_URL", far).contains("is to be https"), far);
    }
    for (String wrong : List.of("ftp://x", "https://x/path", "//x", "cofre.example", "https://")) {
      assertTrue(refusal("COFRE_PUBLIC_URL", wrong).contains("COFRE_PUBLIC_URL"), wrong);
    }
    assertTrue(refusal("COFRE_LISTEN", "0.0.0.0:8420").contains("COFRE_PUBLIC_URL is missing"));
    assertEquals(
        "https://cofre.example",
        settings("COFRE_PUBLIC_URL", "https://cofre.example").publicUrl().orElseThrow().toString());
  }

  @Test
  @Tag("N28")
  void hasNoSecretOfItsOwnToForget() throws Exception {
    for (Path example :
        List.of(Path.of("../docker/.env.example"), Path.of("../docker/compose.yml"))) {
      for (String line : Files.readAllLines(example)) {
        if (line.matches(
            "\\s*(COFRE|AWS|POSTGRES)_[A-Z_0-9]*(PASSWORD|TOKEN|KEY)[A-Z_]*\\s*[=:].*")) {
          assertTrue(line.matches(".*(=|\\$\\{[A-Z_0-9]+:\\?see .env.example})$"), line);
        }
      }
    }
    assertTrue(refusal("COFRE_REGISTRATION_TOKEN", "changeme").contains("fewer than 16"));
    assertTrue(
        refusal("COFRE_DB_URL", "jdbc:postgresql://db/cofre", "COFRE_DB_USER", "cofre")
            .contains("COFRE_DB_PASSWORD is missing"));
    assertTrue(
        refusal("COFRE_BLOBS", "s3", "COFRE_S3_ENDPOINT", "https://s3", "COFRE_S3_BUCKET", "b")
            .contains("COFRE_S3_ACCESS_KEY is missing"));
  }

  @Test
  void refusesAnUploadGraceThatWouldTakeWhatIsStillNeeded() {
    for (String grace : List.of("59m", "1s", "0", "soon")) {
      assertTrue(refusal("COFRE_UPLOAD_GRACE", grace).contains("COFRE_UPLOAD_GRACE"), grace);
    }
  }

  @Test
  void readsTimesAndSizes() throws Exception {
    assertEquals(Duration.ofHours(1), settings("COFRE_UPLOAD_GRACE", "1h").grace().period());
    assertEquals(100L << 30, settings("COFRE_TEAM_QUOTA", "100GiB").quota().bytes());
    assertEquals(5L << 20, settings("COFRE_TEAM_QUOTA", "5M").quota().bytes());
    assertEquals(Quota.USUAL, settings().quota());
    for (String wrong : List.of("0G", "-1G", "1.5G", "lots", "12345678M")) {
      assertTrue(refusal("COFRE_TEAM_QUOTA", wrong).contains("COFRE_TEAM_QUOTA"), wrong);
    }
  }

  @Test
  @Tag("N28")
  void letsNobodyRegisterBehindAProxyOnTheSameMachine() throws Exception {
    assertEquals(
        Registration.CLOSED,
        settings("COFRE_PUBLIC_URL", "https://cofre.example").registration().mode());
    assertEquals(
        Registration.TOKEN,
        settings(
                "COFRE_PUBLIC_URL",
                "https://cofre.example",
                "COFRE_REGISTRATION_TOKEN",
                "0123456789abcdef")
            .registration()
            .mode());
  }

  @Test
  void refusesATokenThatNoClientCanSend() throws Exception {
    assertTrue(refusal("COFRE_REGISTRATION_TOKEN", "é".repeat(129)).contains("256"));
    assertEquals(
        Registration.TOKEN,
        settings("COFRE_REGISTRATION_TOKEN", "é".repeat(128)).registration().mode());
  }

  private static String[] bucket(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "COFRE_BLOBS", "s3",
                "COFRE_S3_ENDPOINT", "http://store:9000",
                "COFRE_S3_BUCKET", "cofre",
                "COFRE_S3_ACCESS_KEY", "a",
                "COFRE_S3_SECRET_KEY", "b"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  @Tag("N13")
  void contentsGoThroughTheServerUnlessSaidOtherwise() throws Exception {
    for (String[] proxied : List.of(bucket(), bucket("COFRE_S3_DELIVERY", "proxy"))) {
      assertEquals(Optional.empty(), settings(proxied).bucket().orElseThrow().direct());
    }
    String[] direct =
        bucket(
            "COFRE_S3_DELIVERY", "direct", "COFRE_S3_PUBLIC_ENDPOINT", "https://s3.example:8443");
    Settings.Bucket bucket = settings(direct).bucket().orElseThrow();
    assertEquals("http://store:9000", bucket.settings().endpoint().toString());
    assertEquals("https://s3.example:8443", bucket.direct().orElseThrow().toString());
    assertTrue(
        refusal(bucket("COFRE_S3_DELIVERY", "both"))
            .contains("COFRE_S3_DELIVERY is to be proxy or direct"));
  }

  @Test
  @Tag("N13")
  void sendsMembersToNoStoreWithoutTls() throws Exception {
    assertTrue(refusal(bucket("COFRE_S3_DELIVERY", "direct")).contains("is to be https"));
    for (String wrong :
        List.of("http://s3.example", "http://10.0.0.1:9", "ftp://s3", "https://a@s3", "x y")) {
      refusal(bucket("COFRE_S3_DELIVERY", "direct", "COFRE_S3_PUBLIC_ENDPOINT", wrong));
    }
    settings(
        bucket("COFRE_S3_DELIVERY", "direct", "COFRE_S3_PUBLIC_ENDPOINT", "http://127.0.0.1:9"));
  }

  @Test
  void deliversDirectlyFromAnS3StoreAlone() {
    assertTrue(refusal("COFRE_S3_DELIVERY", "direct").contains("needs COFRE_BLOBS=s3"));
    assertTrue(
        refusal(bucket("COFRE_S3_PUBLIC_ENDPOINT", "https://s3.example"))
            .contains("is for COFRE_S3_DELIVERY=direct"));
  }

  @Test
  void takesTrueAndFalseAndNothingElse() throws Exception {
    String[] bucket = {
      "COFRE_BLOBS", "s3",
      "COFRE_S3_ENDPOINT", "http://127.0.0.1:9",
      "COFRE_S3_BUCKET", "cofre",
      "COFRE_S3_ACCESS_KEY", "a",
      "COFRE_S3_SECRET_KEY", "b",
      "COFRE_S3_PATH_STYLE", "yes"
    };
    assertTrue(refusal(bucket).contains("COFRE_S3_PATH_STYLE is to be true or false"));
    bucket[bucket.length - 1] = "false";
    assertEquals(
        S3Settings.Addressing.VIRTUAL_HOST,
        settings(bucket).bucket().orElseThrow().settings().addressing());
  }

  @Test
  void doesNotStopWithItsInputWhenToldSo() throws Exception {
    String name = "COFRE_STOP_WITH_STDIN";
    assertTrue(options(name, "false").find(name).isEmpty());
    assertTrue(options(name, "true").find(name).isPresent());
    assertThrows(BadConfiguration.class, () -> options(name, "1"));
  }

  @Test
  void refusesANameThatItDoesNotKnowInTheFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("cofre.properties");
    Files.writeString(file, "cofre.listen=127.0.0.1:1\ncofre.regstration.token=0123456789abcdef\n");
    String message = refusal("COFRE_CONFIG", file.toString());
    assertTrue(message.contains("unknown name cofre.regstration.token"), message);
    assertTrue(message.contains("cofre.registration.token.file"), message);
  }

  @Test
  void takesEveryNameThatItKnowsInTheFile(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cofre.properties");
    Files.writeString(
        file,
        """
        cofre.listen=127.0.0.1:1
        cofre.data=/nowhere
        cofre.public.url=http://localhost
        cofre.trusted.proxy=10.0.0.0/8
        cofre.upload.grace=1h
         cofre.team.quota=100GiB
        cofre.registration.token=0123456789abcdef
        cofre.stop.with.stdin=false
        cofre.db.url=jdbc:postgresql://db/cofre
        cofre.db.user=cofre
        cofre.db.password=secret
        cofre.db.connections=5
        cofre.requests.per.address=8
        cofre.requests.per.device=6
        cofre.requests.per.team=7
        cofre.connections=18
        cofre.connections.per.address=9
        cofre.slowest=11
        cofre.blobs=directory
        """);
    Settings settings = settings("COFRE_CONFIG", file.toString());
    assertEquals(Registration.TOKEN, settings.registration().mode());
    assertEquals(5, settings.databaseConnections());
    assertEquals(
        new Limits(8, 6, 7, 18, 9, 11, Limits.USUAL.head(), Limits.USUAL.grace()),
        settings.limits());
  }

  @Test
  void refusesMoreConnectionsThanItsOwnDatabaseTakes() throws Exception {
    assertEquals(40, settings("COFRE_DB_CONNECTIONS", "40").databaseConnections());
    assertTrue(refusal("COFRE_DB_CONNECTIONS", "41").contains("at most 40"));
    assertTrue(refusal("COFRE_DB_CONNECTIONS", "41").contains("COFRE_DB_URL"));
    String[] elsewhere = {
      "COFRE_DB_CONNECTIONS", "200",
      "COFRE_DB_URL", "jdbc:postgresql://db/cofre",
      "COFRE_DB_USER", "cofre",
      "COFRE_DB_PASSWORD", "secret"
    };
    assertEquals(200, settings(elsewhere).databaseConnections());
  }

  @Test
  void refusesLimitsOutOfRange() {
    assertTrue(refusal("COFRE_DB_CONNECTIONS", "1").contains("from 4 to 200"));
    assertTrue(refusal("COFRE_REQUESTS_PER_TEAM", "many").contains("COFRE_REQUESTS_PER_TEAM"));
  }

  @Test
  void knowsWhichSecretsOthersCanRead(@TempDir Path directory) throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "0123456789abcdef\n");
    for (String mode : List.of("rw-------", "rw-r-----", "rw----r--")) {
      Files.setPosixFilePermissions(token, PosixFilePermissions.fromString(mode));
      Options options = options("COFRE_REGISTRATION_TOKEN_FILE", token.toString());
      new Configuration(options).settings();
      assertEquals(
          mode.equals("rw-------") ? Set.of() : Set.of("COFRE_REGISTRATION_TOKEN_FILE"),
          options.openSecrets(),
          mode);
    }
  }

  private static String databaseUrl(String url) throws Exception {
    return settings("COFRE_DB_URL", url, "COFRE_DB_USER", "cofre", "COFRE_DB_PASSWORD", "secret")
        .database()
        .orElseThrow()
        .url();
  }

  @Test
  void speaksToADatabaseElsewhereByTlsUnlessToldOtherwise() throws Exception {
    String system = "sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";
    for (String far : List.of("db.example:5432", "10.0.0.1", "[2001:db8::1]:5432")) {
      String url = "jdbc:postgresql://" + far + "/cofre";
      assertEquals(url + "?" + system, databaseUrl(url));
      assertEquals(url + "?a=b&" + system, databaseUrl(url + "?a=b"));
      String own = url + "?sslrootcert=/ca.pem";
      assertEquals(own + "&sslmode=verify-full", databaseUrl(own));
      for (String said : List.of("disable", "require", "verify-full")) {
        assertEquals(url + "?sslmode=" + said, databaseUrl(url + "?sslmode=" + said));
      }
    }
    String mixed = "jdbc:postgresql://127.0.0.1:1,db.example:2/cofre";
    assertEquals(mixed + "?" + system, databaseUrl(mixed));
    for (String near : List.of("//127.0.0.1:1/cofre", "//localhost/cofre", "cofre")) {
      assertEquals("jdbc:postgresql:" + near, databaseUrl("jdbc:postgresql:" + near));
    }
    assertTrue(refusal("COFRE_DB_URL", "jdbc:postgresql://db:x/cofre").contains("COFRE_DB_URL"));
  }

  @Test
  void saysWhatIsSpokenToInTheClear() throws Exception {
    assertEquals(List.of(), unprotected("db.example/cofre", "https://s3.example"));
    assertEquals(List.of(), unprotected("localhost/cofre", "http://127.0.0.1:9000"));
    for (String mode : List.of("disable", "allow", "prefer", "require", "verify-ca")) {
      assertEquals(
          List.of("database", "storage"),
          unprotected("db.example/cofre?sslmode=" + mode, "http://s3.example"));
    }
  }

  private static List<String> unprotected(String database, String store) throws Exception {
    Configuration configuration =
        new Configuration(
            options(
                "COFRE_DB_URL", "jdbc:postgresql://" + database,
                "COFRE_DB_USER", "cofre",
                "COFRE_DB_PASSWORD", "secret",
                "COFRE_BLOBS", "s3",
                "COFRE_S3_ENDPOINT", store,
                "COFRE_S3_BUCKET", "cofre",
                "COFRE_S3_ACCESS_KEY", "a",
                "COFRE_S3_SECRET_KEY", "b",
                "COFRE_S3_CA", "/ca.pem"));
    Settings settings = configuration.settings();
    assertEquals(
        Path.of("/ca.pem"),
        settings.bucket().orElseThrow().settings().trustedCertificates().orElseThrow());
    return configuration.unprotected();
  }
}
