package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.FilterReply;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// The log at its most talkative, while things go wrong: no name, e-mail address, token or path is in it, and every event is one line.
final class LogCanaryTest {
  private static final String NAME = "Kanarienvogel";
  private static final Path POSTGRES_LOG =
      Path.of("target", "test-server", "postgres", "postgres.log");
  private static final Path BLOBS = Path.of("target", "test-server", "blobs");

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = context.getLogger("dev.cofre");
  private final AppenderBase<ILoggingEvent> listener =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (real().getFilterChainDecision(event) != FilterReply.DENY) {
            lines.add(new String(real().getEncoder().encode(event), StandardCharsets.UTF_8));
          }
        }
      };

  @BeforeEach
  void listens() {
    listener.setContext(context);
    listener.start();
    root.setLevel(Level.TRACE);
    ours.setLevel(Level.TRACE);
    real().stop();
    root.addAppender(listener);
  }

  @AfterEach
  void listensNoMore() {
    root.detachAppender(listener);
    real().start();
    root.setLevel(Level.WARN);
    ours.setLevel(Level.INFO);
  }

  private ConsoleAppender<ILoggingEvent> real() {
    return (ConsoleAppender<ILoggingEvent>) root.getAppender("STDERR");
  }

  private static void sql(String statement) throws IOException, SQLException {
    try (Connection connection = TestServer.database();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static Wire.Answer register(Actor owner) {
    Profile team = new Profile(Actor.random(32), NAME + " team", "");
    Entry genesis =
        new Entry(
            Entry.NO_TEAM,
            0,
            Hash.ZERO,
            owner.id,
            owner.device.id(),
            1,
            new Body.Genesis(
                team.hash(), owner.id, owner.profile.hash(), owner.device, owner.memberKey));
    Teams.Create create =
        new Teams.Create(
            owner.sign(Label.ENTRY, Entry.CODEC.encode(genesis)),
            team,
            owner.profile,
            Optional.empty());
    return Wire.call(Route.CREATE_TEAM, Optional.empty(), "", Teams.Create.CODEC.encode(create));
  }

  /// Says nothing of what went wrong but a number under which the log does.
  private void requireGeneric(Wire.Answer answer) {
    String body = new String(answer.body().toArray(), StandardCharsets.UTF_8);
    Matcher matcher =
        Pattern.compile(
                "\\{\"type\":\"urn:cofre:problem:[a-z-]+\",\"title\":\"[A-Z][a-z ]+\",\"status\":[0-9]{3},"
                    + "\"detail\":\"(?:a bug of this server: tell its operator the instance|the database or"
                    + " the storage does not answer)\",\"instance\":\"urn:cofre:request:([0-9a-f]+)\"}")
            .matcher(body);
    assertTrue(matcher.matches(), body);
    assertTrue(
        lines.stream().anyMatch(line -> line.contains("request=" + matcher.group(1))),
        lines::toString);
  }

  private void requireSilence(Optional<Bytes> token) {
    assertFalse(lines.isEmpty());
    String secret =
        token
            .map(t -> Base64.getUrlEncoder().withoutPadding().encodeToString(t.toArray()))
            .orElse("no token");
    for (String line : lines) {
      for (String canary :
          List.of(NAME, "canary.example", secret, "canary-path", BLOBS.toString(), "forged")) {
        assertFalse(line.contains(canary), () -> canary + " in " + line);
      }
      assertEquals(1, line.lines().count(), line);
    }
  }

  @Test
  @Tag("N18")
  @Tag("N19")
  void saysNoNameWhenTheDatabaseRefusesOne() throws Exception {
    sql(
        "ALTER TABLE profile ADD CONSTRAINT canary CHECK (name NOT LIKE '"
            + NAME
            + "%') NOT VALID");
    try {
      Wire.Answer answer = register(new Actor(NAME));
      answer.is(Problem.UNEXPECTED);
      requireGeneric(answer);
    } finally {
      sql("ALTER TABLE profile DROP CONSTRAINT canary");
    }
    assertTrue(lines.stream().anyMatch(line -> line.contains("sqlstate=23514")), lines::toString);
    requireSilence(Optional.empty());
    String ofDatabase = Files.readString(POSTGRES_LOG);
    assertTrue(ofDatabase.contains("violates check constraint"), ofDatabase);
    assertFalse(ofDatabase.contains(NAME), "a name in PostgreSQL's log");
  }

  @Test
  @Tag("N18")
  void saysNoPathWhenTheStorageIsGone() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    VaultId vault = team.vault(team.owner);
    UploadId upload = new UploadId(Actor.random(16));
    team.begin(
        team.owner,
        vault,
        upload,
        new Uploads.Blob(new dev.cofre.protocol.BlobId(Actor.random(16)), 10));
    Path away = BLOBS.resolveSibling("blobs-away");
    Files.move(BLOBS, away);
    Files.writeString(BLOBS, "in the way");
    try {
      Wire.Answer answer =
          Wire.call(
              Route.PUT_PART, team.owner.token, "", new byte[10], team.id(), vault, upload, 1);
      assertTrue(answer.status() >= 400, answer.problem());
    } finally {
      Files.delete(BLOBS);
      Files.move(away, BLOBS);
    }
    requireSilence(team.owner.token);
  }

  @Test
  @Tag("N18")
  void saysNothingOfWhatIsAskedFor() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    Wire.send(Wire.request("/v1/canary-path/%0Aforged?canary-path=1", team.owner.token).GET());
    Wire.send(Wire.request("/v1/teams/canary-path/log", team.owner.token).GET());
    Wire.send(
        Wire.request(Route.LOG.path(team.id()) + "?after=canary-path", team.owner.token).GET());
    try (RawWire wire = new RawWire()) {
      wire.say("GET /canary-path HTTP/9.9\r\ncanary-path\u0000: \r\n\r\n");
      assertTrue(wire.isEndedWithin(10_000));
    }
    try (RawWire wire = new RawWire()) {
      wire.say(
          RawWire.head(
              "POST",
              Route.CREATE_TEAM.path(),
              team.owner.token,
              "Content-Type: canary-path/forged",
              "Content-Length: 1"));
      wire.say("x").hear();
    }
    requireSilence(team.owner.token);
  }

  @Test
  @Tag("N18")
  void writesOneLineForWhatLibrariesThrow() {
    context
        .getLogger("somebody.elses")
        .warn("a line\nevent=forged\u2028again", new IllegalStateException(NAME + "\nforged"));
    assertEquals(1, lines.size());
    String line = lines.getFirst();
    assertEquals(1, line.lines().count(), line);
    assertFalse(line.contains(NAME), line);
    assertTrue(line.contains("thrown=\"java.lang.IllegalStateException at "), line);
  }

  @Test
  @Tag("N18")
  void saysNothingOfADayOfWork() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    Actor ana = team.member(NAME);
    VaultId vault = team.vault(ana);
    var blob = team.upload(ana, vault, NAME.getBytes(StandardCharsets.UTF_8));
    Wire.call(Route.BLOB, ana.token, team.id(), vault, blob);
    Wire.call(Route.PROFILES, ana.token, team.id());
    Actor.tryLogin(
        team.id(),
        new dev.cofre.protocol.api.Sessions.Subject.OfDevice(ana.device.id()),
        team.owner.signer,
        "https://canary.example",
        0);
    requireSilence(ana.token);
    requireSilence(team.owner.token);
    for (String line : lines) {
      for (String id :
          List.of(team.id().hex(), vault.hex(), blob.hex(), ana.id.hex(), "127.0.0.1")) {
        assertFalse(line.contains(id), () -> id + " in " + line);
      }
    }
  }
}
