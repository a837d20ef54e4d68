package dev.cofre.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.server.Actor;
import dev.cofre.server.RawWire;
import dev.cofre.server.SideServer;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.TestServer;
import dev.cofre.server.Wire;
import dev.cofre.server.access.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Connections that are opened to be kept.
final class SlowSocketsTest {
  private static final TeamId NOWHERE = new TeamId(Actor.random(32));
  private final List<RawWire> wires = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (RawWire wire : wires) {
      wire.close();
    }
  }

  private RawWire open(String from) throws IOException {
    RawWire wire = RawWire.from(from);
    wires.add(wire);
    return wire;
  }

  @Test
  @Tag("N07")
  void fiveHundredSlowOnesKeepNobodyOut() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    VaultId vault = team.vault(team.owner);
    BlobId blob = team.upload(team.owner, vault, new byte[8_000_000]);
    team.append(
            team.owner,
            vault,
            TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob))
        .as(TeamOnServer.HEAD);
    UploadId upload = new UploadId(Actor.random(16));
    team.begin(
        team.owner, vault, upload, new Uploads.Blob(new BlobId(Actor.random(16)), 8_000_000));
    String reading = RawWire.head("GET", Route.BLOB.path(team.id(), vault, blob), team.owner.token);
    String bringing =
        RawWire.head(
            "PUT",
            Route.PUT_PART.path(team.id(), vault, upload, 1),
            team.owner.token,
            "Content-Type: application/octet-stream",
            "Content-Length: 8000000");
    String asking =
        RawWire.head(
            "POST",
            Route.CHALLENGE.path(NOWHERE),
            Optional.empty(),
            "Content-Type: application/cbor",
            "Content-Length: 8000");
    for (int i = 0; i < 500; i++) {
      RawWire wire = open("127.0.0." + (2 + i / 125));
      switch (i % 4) {
        case 0 -> wire.say("GET /v1/ser");
        case 1 -> wire.say(i % 40 == 1 ? bringing : asking).say(new byte[100]);
        case 2 -> wire.say(i % 20 == 2 ? reading : "POST ");
        default -> {}
      }
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          TeamOnServer other = TeamOnServer.start();
          VaultId theirs = other.vault(other.owner);
          other.upload(other.owner, theirs, new byte[100_000]);
          assertEquals(
              8_000_000,
              Wire.call(Route.BLOB, team.owner.token, team.id(), vault, blob).body().length());
        });
  }

  @Test
  @Tag("N07")
  void aHeadThatDripsIsCutOff() throws Exception {
    RawWire wire = open("127.0.0.1");
    wire.say("GET /v1/server HTTP/1.1\r\nHost: x\r\n");
    long begun = System.nanoTime();
    assertThrows(
        IOException.class,
        () -> {
          for (int i = 0; i < 100; i++) {
            wire.say("X: " + i + "\r\n");
            Thread.sleep(200);
          }
        });
    assertTrue(System.nanoTime() - begun < Duration.ofSeconds(15).toNanos());
    assertTrue(open("127.0.0.1").isEndedWithin(10_000), "one that says nothing is kept");
  }

  @Test
  @Tag("N07")
  void aNextHeadThatDripsIsCutOffToo() throws Exception {
    RawWire wire = open("127.0.0.1");
    wire.say(RawWire.head("GET", "/v1/server", Optional.empty()));
    assertEquals(200, wire.hear().status());
    Thread.sleep(TestServer.LIMITS.head().plusSeconds(1).toMillis());
    wire.say(RawWire.head("GET", "/v1/server", Optional.empty()));
    assertEquals(200, wire.hear().status());
    wire.say("G");
    assertTrue(wire.isEndedWithin(10_000));
  }

  @Test
  @Tag("N07")
  void oneAddressHasOnlySoManyConnections() throws Exception {
    Limits few =
        new Limits(20, 200, 1000, 64, 4, 4 << 10, Duration.ofMinutes(1), Duration.ofMinutes(1));
    try (SideServer side = SideServer.start(settings -> settings.limits(few)).use()) {
      for (int i = 0; i < few.connectionsPerAddress(); i++) {
        assertEquals(200, greets(open("127.0.0.77")));
      }
      RawWire tooMany = open("127.0.0.77");
      RawWire.Said said = tooMany.hear();
      assertEquals(503, said.status());
      assertEquals(Problem.BUSY.code(), said.problem());
      assertEquals("1", said.header("Retry-After"));
      assertTrue(tooMany.isEndedWithin(5000));
      assertEquals(200, greets(open("127.0.0.78")), side.uri()::toString);
      close();
      for (int i = 0; i < 50 && greets(open("127.0.0.77")) != 200; i++) {
        Thread.sleep(100);
      }
      assertEquals(200, greets(open("127.0.0.77")), "connections that are over still count");
    }
  }

  private static int greets(RawWire wire) throws IOException {
    wire.say(RawWire.head("GET", "/v1/server", Optional.empty()));
    return wire.hear().status();
  }

  @Test
  @Tag("N07")
  void aPartThatDripsIsRefused() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    VaultId vault = team.vault(team.owner);
    UploadId upload = new UploadId(Actor.random(16));
    team.begin(
        team.owner, vault, upload, new Uploads.Blob(new BlobId(Actor.random(16)), 1_000_000));
    RawWire wire = open("127.0.0.1");
    wire.say(
        RawWire.head(
            "PUT",
            Route.PUT_PART.path(team.id(), vault, upload, 1),
            team.owner.token,
            "Content-Type: application/octet-stream",
            "Content-Length: 1000000"));
    for (int i = 0; i < 8; i++) {
      wire.say(new byte[10]);
      Thread.sleep(1000);
    }
    assertEquals(Problem.TOO_SLOW.code(), wire.hear().problem());
    assertTrue(wire.isEndedWithin(5000));
  }
}
