package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.server.Actor;
import dev.cofre.server.RawWire;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.TestServer;
import dev.cofre.server.Wire;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Text that means something to a shell, a database or a file system, wherever the server takes text.
final class HostileTextTest {
  private static final Path BLOBS = Path.of("target", "test-server", "blobs");
  private static final List<String> SQL =
      List.of(
          "'",
          "''",
          "\"",
          "' OR '1'='1",
          "'; DROP TABLE profile; --",
          "$$; DROP TABLE team; $$",
          "1; SELECT pg_sleep(5)",
          "x' UNION SELECT token FROM session --",
          "\\'; DELETE FROM team; --",
          "${jndi:ldap://127.0.0.1/x}",
          "#{T(java.lang.Runtime)}",
          ":team",
          "?",
          "%27%20OR%201=1",
          "ʼ OR 1=1",
          "/* */",
          "e'\\x27'");

  private TeamOnServer team;
  private VaultId vault;

  @BeforeEach
  void start() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
  }

  private static Map<String, Long> rows() throws Exception {
    Map<String, Long> counts = new TreeMap<>();
    try (Connection connection = TestServer.database();
        Statement sql = connection.createStatement()) {
      Set<String> tables = new TreeSet<>();
      try (ResultSet found =
          sql.executeQuery(
              "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")) {
        while (found.next()) {
          tables.add(found.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet count = sql.executeQuery("SELECT count(*) FROM \"" + table + "\"")) {
          count.next();
          counts.put(table, count.getLong(1));
        }
      }
    }
    counts.remove("session");
    counts.remove("challenge");
    return counts;
  }

  private static Wire.Answer register(Actor owner, String name, Optional<String> token) {
    Profile profile = new Profile(Actor.random(32), name, "");
    Entry genesis =
        new Entry(
            Entry.NO_TEAM,
            0,
            Hash.ZERO,
            owner.id,
            owner.device.id(),
            1,
            new Body.Genesis(
                profile.hash(), owner.id, owner.profile.hash(), owner.device, owner.memberKey));
    return Wire.call(
        Route.CREATE_TEAM,
        Optional.empty(),
        "",
        Teams.Create.CODEC.encode(
            new Teams.Create(
                owner.sign(Label.ENTRY, Entry.CODEC.encode(genesis)),
                profile,
                owner.profile,
                token)));
  }

  @Test
  @Tag("N17")
  void namesAreKeptAsTheyAre() throws Exception {
    for (String text : SQL) {
      Actor owner = new Actor(text);
      var id = register(owner, text, Optional.of(text)).as(Teams.Created.CODEC).team();
      owner.login(id);
      Teams.Profiles profiles = Wire.call(Route.PROFILES, owner.token, id).as(Teams.Profiles.CODEC);
      assertTrue(profiles.profiles().stream().allMatch(p -> p.name().equals(text)), text);
    }
  }

  @Test
  @Tag("N17")
  void queriesAreNumbersAndNothingElse() throws Exception {
    Map<String, Long> before = rows();
    for (String text : SQL) {
      String value = URLEncoder.encode(text, StandardCharsets.UTF_8);
      for (String name : List.of("after", "limit")) {
        Wire.call(
                Route.COMMITS,
                team.owner.token,
                "?" + name + "=" + value,
                new byte[0],
                team.id(),
                vault)
            .is(Problem.MALFORMED);
      }
      Wire.call(Route.LOG, team.owner.token, "?after=" + value, new byte[0], team.id())
          .is(Problem.MALFORMED);
      for (String name : List.of("from", "to")) {
        Wire.call(
                Route.BUNDLES,
                team.owner.token,
                "?" + name + "=" + value,
                new byte[0],
                team.id(),
                vault)
            .is(Problem.MALFORMED);
      }
      Wire.call(Route.FETCHED, team.owner.token, "?member=" + value, new byte[0], team.id(), vault)
          .is(Problem.NOT_FOUND);
      Wire.Answer only =
          Wire.call(
              Route.COMMITS, team.owner.token, "?only=" + value, new byte[0], team.id(), vault);
      assertEquals(200, only.status());
      Wire.Answer range =
          Wire.send(
              Wire.request(Route.LOG.path(team.id()), team.owner.token)
                  .header("Range", value)
                  .header("User-Agent", value)
                  .header("Accept", value.replace("*", ""))
                  .GET());
      assertTrue(range.status() < 500, text);
    }
    assertEquals(before, rows());
  }

  private static Set<String> stored() throws Exception {
    try (Stream<Path> all = Files.walk(BLOBS.getParent(), 4)) {
      Set<String> names = new TreeSet<>();
      all.filter(p -> !p.toString().contains("postgres")).forEach(p -> names.add(p.toString()));
      return names;
    }
  }

  @Test
  @Tag("N16")
  @Tag("N17")
  void whatIsNoIdIsNowhere() throws Exception {
    Map<String, Long> before = rows();
    Set<String> stored = stored();
    String right = "ab".repeat(32);
    List<String> wrong =
        List.of(
            "..",
            ".",
            "%2e%2e",
            "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "..%5c..%5cx",
            "%00",
            right.substring(2) + "%00",
            "AB".repeat(32),
            right.substring(1),
            right + "ab",
            "ab",
            "0",
            "-1",
            "ab".repeat(1500),
            "%c3%a9",
            "%ff%fe",
            "%ED%A0%80",
            "%27%3B%20DROP%20TABLE%20team%3B--",
            "%24%7Bjndi%3Aldap%3A%2F%2Fx%7D",
            "null",
            "*",
            "%25",
            right + "%20",
            "%20" + right,
            right + ";x=y");
    int next = 0;
    try (RawWire wire = new RawWire()) {
      for (Route route : Route.values()) {
        TestServer.CLOCK.advance(Duration.ofSeconds(5));
        String[] parts = route.template().split("/");
        for (int at = 0; at < parts.length; at++) {
          if (parts[at].startsWith("{")) {
            // Every third of them, another third each time.
            for (int i = next++ % 3; i < wrong.size(); i += 3) {
              String text = wrong.get(i);
              RawWire.Said said = ask(wire, route, parts, at, text);
              assertTrue(
                  said.status() == 404 || said.status() == 401 && at == 3,
                  () -> route + " " + text + ": " + said.head());
            }
          }
        }
      }
    }
    assertEquals(before, rows());
    assertEquals(stored, stored());
  }

  private RawWire.Said ask(RawWire wire, Route route, String[] parts, int at, String text)
      throws Exception {
    StringBuilder path = new StringBuilder();
    for (int i = 1; i < parts.length; i++) {
      path.append('/').append(i == at ? text : proper(parts[i]));
    }
    String type =
        route.request() == Route.Raw.class ? "application/octet-stream" : "application/cbor";
    wire.say(
        RawWire.head(
            route.method().name(),
            path.toString(),
            team.owner.token,
            "Content-Type: " + type,
            "Content-Length: 1"));
    wire.say(new byte[1]);
    return wire.hear();
  }

  private String proper(String part) {
    return switch (part) {
      case "{team}" -> team.id().hex();
      case "{vault}" -> vault.hex();
      case "{relay}" -> new RelayId(Actor.random(16)).hex();
      case "{upload}" -> new UploadId(Actor.random(16)).hex();
      case "{blob}" -> new BlobId(Actor.random(16)).hex();
      case "{send}" -> new SendId(Actor.random(16)).hex();
      case "{part}" -> "1";
      default -> part;
    };
  }

  @Test
  @Tag("N16")
  void aPartIsANumberOfThePlan() throws Exception {
    UploadId upload = new UploadId(Actor.random(16));
    team.begin(
        team.owner,
        vault,
        upload,
        new dev.cofre.protocol.api.Uploads.Blob(new BlobId(Actor.random(16)), 3));
    String base = Route.PUT_PART.path(team.id(), vault, upload, 1);
    base = base.substring(0, base.length() - 1);
    try (RawWire wire = new RawWire()) {
      for (String number :
          List.of("0", "2", "-1", "01", "1e0", "+1", "%31%00", "99999", "100000", "1.0")) {
        wire.say(
            RawWire.head(
                "PUT",
                base + number,
                team.owner.token,
                "Content-Type: application/octet-stream",
                "Content-Length: 3"));
        wire.say(new byte[3]);
        assertEquals(404, wire.hear().status(), number);
      }
    }
  }
}
