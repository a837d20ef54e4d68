package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.server.Actor;
import dev.cofre.server.RawWire;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What request bodies may be.
final class BodiesTest {
  private static final TeamId NOWHERE = new TeamId(Bytes.zeros(TeamId.LENGTH));

  private static String post(String path, String... headers) {
    return RawWire.head("POST", path, Optional.empty(), headers);
  }

  private static String[] cbor(long length) {
    return new String[] {"Content-Type: application/cbor", "Content-Length: " + length};
  }

  @Nested
  final class AStranger {
    @Test
    @Tag("N09")
    void isRefusedALongBodyAtLoginWithoutBeingHeard() throws Exception {
      for (Route route : List.of(Route.CHALLENGE, Route.OPEN_SESSION)) {
        try (RawWire wire = new RawWire()) {
          wire.say(post(route.path(NOWHERE), cbor(8 * 1024 + 1)));
          assertEquals(Problem.TOO_LARGE.code(), wire.hear().problem());
        }
      }
    }

    @Test
    @Tag("N09")
    void isRefusedALongBodyWithoutALength() throws Exception {
      try (RawWire wire = new RawWire()) {
        wire.say(
            post(
                Route.CHALLENGE.path(NOWHERE),
                "Content-Type: application/cbor",
                "Transfer-Encoding: chunked"));
        wire.say("4000\r\n").say(new byte[0x4000]).say("\r\n0\r\n\r\n");
        assertEquals(Problem.TOO_LARGE.code(), wire.hear().problem());
      }
    }

    @Test
    @Tag("N07")
    void keepsNobodyOutByManyBodiesThatNeverEnd() throws Exception {
      List<RawWire> dripping = new ArrayList<>();
      try {
        for (int i = 0; i < 60; i++) {
          RawWire wire = new RawWire();
          dripping.add(wire);
          wire.say(post(Route.CHALLENGE.path(NOWHERE), cbor(8000))).say(new byte[4000]);
        }
        TeamOnServer team = TeamOnServer.start();
        VaultId vault = team.vault(team.owner);
        assertEquals(200, Wire.call(Route.COMMITS, team.owner.token, team.id(), vault).status());
      } finally {
        for (RawWire wire : dripping) {
          wire.close();
        }
      }
    }

    @Test
    @Tag("N07")
    void isCutOffWhenABodyDrips() throws Exception {
      try (RawWire wire = new RawWire()) {
        wire.say(post(Route.CHALLENGE.path(NOWHERE), cbor(8000)));
        for (int i = 0; i < 8; i++) {
          wire.say(new byte[1]);
          Thread.sleep(1000);
        }
        RawWire.Said said = wire.hear();
        assertEquals(Problem.TOO_SLOW.code(), said.problem());
        assertTrue(wire.isEndedWithin(5000));
      }
    }

    @Test
    void cannotFillASlotThatIsNotOpen() throws Exception {
      try (RawWire wire = new RawWire()) {
        wire.say(
            RawWire.head(
                "PUT",
                Route.FILL_RELAY.path(NOWHERE, new dev.cofre.protocol.RelayId(Actor.random(16))),
                Optional.empty(),
                "Content-Type: application/octet-stream",
                "Content-Length: 60000"));
        assertEquals(Problem.NOT_FOUND.code(), wire.hear().problem());
      }
    }

    @Test
    @Tag("N08")
    void isRefusedACompressedBody() throws Exception {
      for (String encoding :
          List.of(
              "gzip", "deflate", "br", "zstd", "snappy", "x-gzip", "compress", "identity", "")) {
        try (RawWire wire = new RawWire()) {
          wire.say(
              post(
                  Route.CREATE_TEAM.path(),
                  "Content-Type: application/cbor",
                  "Content-Length: 1",
                  "Content-Encoding: " + encoding));
          wire.say(new byte[1]);
          requireUnsupported(wire.hear());
        }
      }
    }

    @Test
    @Tag("N08")
    void isRefusedACompressedTransfer() throws Exception {
      for (String coding : List.of("gzip, chunked", "xchunked", "gzip")) {
        try (RawWire wire = new RawWire()) {
          wire.say(
              post(
                  Route.CREATE_TEAM.path(),
                  "Content-Type: application/cbor",
                  "Transfer-Encoding: " + coding));
          wire.say("1\r\nA\r\n0\r\n\r\n");
          RawWire.Said said = wire.hear();
          assertEquals(4, said.status() / 100, coding + " " + said.head());
          assertEquals("nosniff", said.header("X-Content-Type-Options"), coding);
        }
      }
    }

    private void requireUnsupported(RawWire.Said said) {
      assertEquals(415, said.status());
      assertEquals(Problem.UNSUPPORTED_MEDIA.code(), said.problem());
      assertEquals("nosniff", said.header("X-Content-Type-Options"));
      assertEquals("no-store", said.header("Cache-Control"));
    }
  }

  @Nested
  final class AMember {
    @Test
    void mayLeaveTheLengthOfACommitUnsaid() throws Exception {
      TeamOnServer team = TeamOnServer.start();
      VaultId vault = team.vault(team.owner);
      try (RawWire wire = new RawWire()) {
        wire.say(
            RawWire.head(
                "POST",
                Route.APPEND_COMMIT.path(team.id(), vault),
                team.owner.token,
                "Content-Type: application/cbor",
                "Transfer-Encoding: chunked"));
        wire.say("1\r\nA\r\n0\r\n\r\n");
        assertEquals(Problem.MALFORMED.code(), wire.hear().problem());
      }
      TeamOnServer.start();
    }

    @Test
    @Tag("N09")
    void keepsNobodyElseOutByLargeCommitsThatNeverEnd() throws Exception {
      TeamOnServer team = TeamOnServer.start();
      VaultId vault = team.vault(team.owner);
      List<RawWire> dripping = new ArrayList<>();
      try {
        for (int i = 0; i < 6; i++) {
          RawWire wire = new RawWire();
          dripping.add(wire);
          wire.say(
              RawWire.head(
                  "POST",
                  Route.APPEND_COMMIT.path(team.id(), vault),
                  team.owner.token,
                  cbor(16 << 20)));
          try {
            wire.say(new byte[9 << 20]);
          } catch (java.io.IOException _) {
            // refused meanwhile
          }
        }
        TeamOnServer other = TeamOnServer.start();
        VaultId theirs = other.vault(other.owner);
        assertEquals(1, other.head(theirs).seq());
      } finally {
        for (RawWire wire : dripping) {
          wire.close();
        }
      }
    }
  }
}
