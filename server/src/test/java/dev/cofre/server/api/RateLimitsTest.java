package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.WrappedSeed;
import dev.cofre.server.Actor;
import dev.cofre.server.MovableClock;
import dev.cofre.server.RawWire;
import dev.cofre.server.SideServer;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.TestServer;
import dev.cofre.server.Wire;
import dev.cofre.server.access.Limits;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A server that allows one request a second, twenty at once, and trusts a proxy at 127.0.0.9.
@Tag("N02")
final class RateLimitsTest {
  private static final int BURST = 20;
  private static final Limits LIMITS =
      new Limits(1, 2, 3, 64, 32, 1, Duration.ofSeconds(10), Duration.ofSeconds(10));
  private static SideServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        SideServer.start(settings ->
                settings
                    .limits(LIMITS)
                    .publicUrl(URI.create("https://cofre.example"))
                    .addresses(new Addresses(List.of(Addresses.Network.parse("127.0.0.9")))))
            .use();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void everybodyMayAskAgain() {
    TestServer.CLOCK.advance(Duration.ofSeconds(2 * BURST));
  }

  /// How many of the first requests are let through, and the first refusal.
  private record Served(int count, Optional<RawWire.Said> refusal) {}

  private static Served asks(String from, IntFunction<String> forwarded) throws IOException {
    TeamId nowhere = new TeamId(Actor.random(32));
    return sends(
        from,
        i ->
            RawWire.head(
                    "POST",
                    Route.CHALLENGE.path(nowhere),
                    Optional.empty(),
                    "Content-Type: application/cbor",
                    "Content-Length: 1",
                    forwarded.apply(i))
                + "x");
  }

  private static Served sends(String from, IntFunction<String> request) throws IOException {
    try (RawWire wire = new RawWire(TestServer.uri(), 1 << 16, from)) {
      for (int i = 0; i < 2 * BURST; i++) {
        RawWire.Said said = wire.say(request.apply(i)).hear();
        if (said.status() == 429) {
          return new Served(i, Optional.of(said));
        }
      }
    }
    return new Served(2 * BURST, Optional.empty());
  }

  private static void requireLimited(Served served) {
    assertTrue(served.count() >= BURST && served.count() < 2 * BURST, served::toString);
    RawWire.Said refusal = served.refusal().orElseThrow();
    assertEquals(Problem.RATE_LIMITED.code(), refusal.problem());
    assertEquals("1", refusal.header("Retry-After"));
  }

  @Test
  void anAddressIsRefusedWhateverItSaysOfItself() throws Exception {
    requireLimited(asks("127.0.0.1", i -> "X-Forwarded-For: 192.0.2." + i));
    TestServer.CLOCK.advance(Duration.ofSeconds(2 * BURST));
    requireLimited(asks("127.0.0.1", i -> "Forwarded: for=192.0.2." + i));
    assertTrue(asks("127.0.0.2", _ -> "X-Real-IP: 127.0.0.1").count() >= BURST);
  }

  @Test
  void behindATrustedProxyEverybodyCountsApart() throws Exception {
    assertEquals(2 * BURST, asks("127.0.0.9", i -> "X-Forwarded-For: 198.51.100." + i).count());
  }

  @Test
  void ofTheForwardedAddressesOnlyTheLastCounts() throws Exception {
    requireLimited(asks("127.0.0.9", i -> "X-Forwarded-For: 203.0.113." + i + ", 192.0.2.200"));
  }

  @Test
  void aNetworkOfIpv6IsOneAddress() throws Exception {
    requireLimited(
        asks("127.0.0.9", i -> "X-Forwarded-For: 2001:db8:77::" + Integer.toHexString(i + 1)));
  }

  @Test
  void whoeverHasNoSessionIsLimitedWhateverTheyAskFor() throws Exception {
    TeamId nowhere = new TeamId(Actor.random(32));
    for (Route route : List.of(Route.LOG, Route.PROFILES, Route.END_SESSION)) {
      String method = route.method().name();
      for (boolean invented : List.of(true, false)) {
        everybodyMayAskAgain();
        requireLimited(
            sends(
                "127.0.0.1",
                _ ->
                    RawWire.head(
                        method,
                        route.path(nowhere),
                        invented ? Optional.of(Actor.random(32)) : Optional.empty())));
      }
    }
    everybodyMayAskAgain();
    requireLimited(
        sends("127.0.0.1", _ -> RawWire.head("GET", Route.SERVER.path(), Optional.empty())));
    for (String page : List.of("/s/x", "/assets/send/failure.js", "/assets/send/x")) {
      everybodyMayAskAgain();
      requireLimited(sends("127.0.0.1", _ -> RawWire.head("GET", page, Optional.empty())));
    }
  }

  @Test
  void whoeverHasASessionIsNotKeptOutByOthersOfTheirAddress() throws Exception {
    // The origin that logins name is the public one here, so this team is on the other server.
    try (SideServer side = SideServer.start(settings -> settings.limits(LIMITS))) {
      side.use();
      TeamOnServer team = TeamOnServer.start();
      everybodyMayAskAgain();
      Optional<Bytes> invented = Optional.of(Actor.random(32));
      requireLimited(
          sends("127.0.0.1", _ -> RawWire.head("GET", Route.LOG.path(team.id()), invented)));
      assertEquals(200, Wire.call(Route.LOG, team.owner.token, team.id()).status());
    } finally {
      server.use();
    }
  }

  @Tag("H09")
  @Test
  void aDeviceAndItsTeamAreLimited() throws Exception {
    // The origin that logins name is the public one here, so this team is on the other server.
    try (SideServer side = SideServer.start(settings -> settings.limits(LIMITS))) {
      side.use();
      TeamOnServer team = TeamOnServer.start();
      Actor ana = team.member("ana");
      TestServer.CLOCK.advance(Duration.ofSeconds(2 * BURST));
      int served = 0;
      while (Wire.call(Route.LOG, ana.token, team.id()).status() == 200) {
        served++;
      }
      assertTrue(served >= 2 * BURST && served < 3 * BURST, () -> "ana");
      Wire.Answer refused = Wire.call(Route.LOG, ana.token, team.id());
      assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
      served = 0;
      while (Wire.call(Route.LOG, team.owner.token, team.id()).status() == 200) {
        served++;
      }
      assertTrue(served < 2 * BURST, "the team's bucket was not shared");
    } finally {
      server.use();
    }
  }

  /// A member who gives themselves one new key after the other, so that the team has to follow.
  @Tag("H09")
  @Test
  void aMemberWhoMakesKeyUponKeyIsHeldUp() throws Exception {
    try (SideServer side = SideServer.start(settings -> settings.limits(LIMITS));
        MovableClock.Stopped _ = TestServer.CLOCK.stop()) {
      side.use();
      TeamOnServer team = TeamOnServer.start();
      Actor ana = team.member("ana");
      TestServer.CLOCK.advance(Duration.ofSeconds(2 * BURST));
      for (int i = 0; i < 2 * BURST; i++) {
        team.post(ana, newKey(ana));
      }
      team.tryPost(ana, newKey(ana)).is(Problem.RATE_LIMITED);
      TestServer.CLOCK.advance(Duration.ofSeconds(1));
      team.post(ana, newKey(ana));
      team.post(ana, newKey(ana));
      team.tryPost(ana, newKey(ana)).is(Problem.RATE_LIMITED);
      ana.login(team.id());
      team.tryPost(ana, newKey(ana)).is(Problem.RATE_LIMITED);
      team.post(team.owner, new Body.VaultCreate(Actor.random(16)));
    } finally {
      server.use();
    }
  }

  private static Body newKey(Actor of) {
    WrappedSeed seed = new WrappedSeed(of.device.id(), Actor.random(1168));
    return new Body.MemberRekey(Actor.encryptionKey(), List.of(seed), Actor.random(80), List.of());
  }

  /// Every route that is asked too often is refused.
  @Tag("H09")
  @Test
  void noRouteIsBesideTheLimit() throws Exception {
    try (SideServer side = SideServer.start(settings -> settings.limits(LIMITS));
        MovableClock.Stopped _ = TestServer.CLOCK.stop()) {
      side.use();
      TeamOnServer team = TeamOnServer.start();
      Set<Route> served = EnumSet.noneOf(Route.class);
      for (Route route : Route.values()) {
        List<Object> ids = new ArrayList<>(List.of(team.id()));
        if (route.template().contains("{vault}")) {
          ids.add(new VaultId(Actor.random(32)));
        }
        if (route.template().matches(".*\\{(relay|upload|blob)}.*")) {
          ids.add(new UploadId(Actor.random(16)));
        }
        if (route.template().contains("{part}")) {
          ids.add(1);
        }
        if (route.template().contains("{send}")) {
          ids.add(new UploadId(Actor.random(16)));
        }
        boolean ofSend = route.template().startsWith("/v1/sends/");
        Object[] all =
            ofSend
                ? ids.subList(1, ids.size()).toArray()
                : route.template().contains("{team}") ? ids.toArray() : new Object[0];
        byte[] body = route.request() == Route.Nothing.class ? new byte[0] : new byte[1];
        String query = route == Route.FETCHED ? "?member=" + team.owner.id.hex() : "";
        served.add(route);
        if (route == Route.END_SESSION) {
          useUp(team);
        }
        for (int i = 0; i < 3 * BURST && served.contains(route); i++) {
          if (Wire.call(route, team.owner.token, query, body, all).status() == 429) {
            served.remove(route);
          }
        }
      }
      assertEquals(Set.of(), served);
    } finally {
      server.use();
    }
  }

  private static void useUp(TeamOnServer team) {
    for (int i = 0; i < 2 * BURST; i++) {
      Wire.call(Route.LOG, team.owner.token, team.id());
    }
  }

  @Test
  @Tag("N27")
  void behindHttpsBrowsersAreToldToStayThere() throws Exception {
    for (String path : List.of("/v1/server", "/v1/nowhere", "/health")) {
      Wire.Answer answer = Wire.send(Wire.request(path, Optional.empty()).GET());
      assertEquals(
          "max-age=31536000",
          answer.headers().firstValue("Strict-Transport-Security").orElse(""),
          path);
    }
  }
}
