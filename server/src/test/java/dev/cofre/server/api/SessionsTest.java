package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.DeviceStatement;
import dev.cofre.protocol.team.JoinMode;
import dev.cofre.protocol.team.WrappedSeed;
import dev.cofre.server.Actor;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.TestServer;
import dev.cofre.server.Wire;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who is logged in, as whom, and for how long.
@Tag("N20")
final class SessionsTest {
  private static final int MOST = 32;

  private TeamOnServer team;
  private Actor ana;
  private Sessions.Subject anasDevice;

  @BeforeEach
  void aTeamOfTwo() throws Exception {
    team = TeamOnServer.start();
    ana = team.member("ana");
    anasDevice = new Sessions.Subject.OfDevice(ana.device.id());
    TestServer.CLOCK.advance(Duration.ofSeconds(5));
  }

  private Wire.Answer open(Bytes nonce, Sessions.Subject subject, Actor signer) {
    return Actor.open(team.id(), nonce, subject, signer.signer, TestServer.uri().toString(), 0);
  }

  private void requireOver(Actor who) {
    Wire.call(Route.LOG, who.token, team.id()).is(Problem.NO_SESSION);
  }

  @Test
  void aNonceIsGoodOnceForItsSubjectForAMinute() {
    Bytes nonce = Actor.nonce(team.id(), anasDevice);
    assertEquals(200, open(nonce, anasDevice, ana).status());
    open(nonce, anasDevice, ana).is(Problem.LOGIN_REFUSED);
    Sessions.Subject owners = new Sessions.Subject.OfDevice(team.owner.device.id());
    open(Actor.nonce(team.id(), owners), anasDevice, ana).is(Problem.LOGIN_REFUSED);
    Bytes old = Actor.nonce(team.id(), anasDevice);
    TestServer.CLOCK.advance(Duration.ofSeconds(61));
    open(old, anasDevice, ana).is(Problem.LOGIN_REFUSED);
  }

  @Test
  void anotherDevicesKeyOpensNothing() {
    open(Actor.nonce(team.id(), anasDevice), anasDevice, team.owner).is(Problem.LOGIN_REFUSED);
  }

  @Test
  void aSignatureForAnotherServerOrTeamOpensNothing() throws Exception {
    Actor.tryLogin(team.id(), anasDevice, ana.signer, "https://other.example", 0)
        .is(Problem.LOGIN_REFUSED);
    TeamOnServer other = TeamOnServer.start();
    Actor.tryLogin(other.id(), anasDevice, ana.signer, TestServer.uri().toString(), 0)
        .is(Problem.LOGIN_REFUSED);
    Wire.call(Route.LOG, ana.token, other.id()).is(Problem.NOT_FOUND);
  }

  @Test
  @Tag("N21")
  void everySessionIsANewOneAndTheDatabaseHasOnlyItsHash() throws Exception {
    Bytes first = ana.token.orElseThrow();
    Bytes second = ana.login(team.id()).token.orElseThrow();
    assertNotEquals(first, second);
    try (Connection connection = TestServer.database();
        PreparedStatement sql =
            connection.prepareStatement("SELECT count(*) FROM session WHERE token IN (?, ?)")) {
      sql.setBytes(1, first.toArray());
      sql.setBytes(2, second.toArray());
      try (ResultSet found = sql.executeQuery()) {
        found.next();
        assertEquals(0, found.getLong(1));
      }
    }
  }

  @Test
  void aSessionEndsWhenItsTimeIsOverAndWhenItIsEnded() {
    Actor again = ana.login(team.id());
    assertEquals(200, Wire.call(Route.LOG, again.token, team.id()).status());
    Wire.call(Route.END_SESSION, again.token, team.id()).isDone();
    requireOver(again);
    ana.login(team.id());
    TestServer.CLOCK.advance(Duration.ofMinutes(15).minusSeconds(5));
    assertEquals(200, Wire.call(Route.LOG, ana.token, team.id()).status());
    TestServer.CLOCK.advance(Duration.ofSeconds(6));
    requireOver(ana);
  }

  @Test
  void aRemovedMembersSessionIsOverWithTheNextRequest() throws Exception {
    assertEquals(200, Wire.call(Route.LOG, ana.token, team.id()).status());
    team.post(team.owner, team.removal(ana));
    requireOver(ana);
    Actor.tryLogin(team.id(), anasDevice, ana.signer, TestServer.uri().toString(), 0)
        .is(Problem.LOGIN_REFUSED);
  }

  @Test
  void aRevokedDevicesSessionIsOverWithTheNextRequest() throws Exception {
    Actor phone = new Actor("phone");
    DeviceStatement statement = new DeviceStatement(team.id(), ana.id, phone.device);
    team.post(
        ana,
        new Body.DeviceAdd(
            phone.sign(Label.DEVICE, DeviceStatement.CODEC.encode(statement)),
            new WrappedSeed(phone.device.id(), Bytes.zeros(1168))));
    assertEquals(200, Wire.call(Route.LOG, ana.token, team.id()).status());
    team.post(team.owner, new Body.DeviceRevoke(ana.device.id(), List.of()));
    requireOver(ana);
    Actor.tryLogin(team.id(), anasDevice, ana.signer, TestServer.uri().toString(), 0)
        .is(Problem.LOGIN_REFUSED);
  }

  @Test
  void aCancelledInvitationsSessionIsOver() throws Exception {
    InviteId invite = new InviteId(Actor.random(16));
    Ed25519PrivateKeyParameters key = team.invite(invite, JoinMode.AT_ONCE);
    Optional<Bytes> token =
        Optional.of(Actor.login(team.id(), new Sessions.Subject.OfInvite(invite), key));
    assertEquals(200, Wire.call(Route.LOG, token, team.id()).status());
    team.post(team.owner, new Body.InviteCancel(invite));
    Wire.call(Route.LOG, token, team.id()).is(Problem.NO_SESSION);
  }

  @Test
  void oneDeviceHasOnlySoManySessions() {
    List<Optional<Bytes>> tokens = new ArrayList<>();
    for (int i = 0; i <= MOST; i++) {
      TestServer.CLOCK.advance(Duration.ofMillis(200));
      tokens.add(ana.login(team.id()).token);
    }
    Wire.call(Route.LOG, tokens.getFirst(), team.id()).is(Problem.NO_SESSION);
    assertEquals(200, Wire.call(Route.LOG, tokens.get(1), team.id()).status());
    assertEquals(200, Wire.call(Route.LOG, tokens.getLast(), team.id()).status());
    assertEquals(200, Wire.call(Route.LOG, team.owner.token, team.id()).status());
  }

  @Test
  void onlyABearerTokenCounts() {
    String token =
        java.util.Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(ana.token.orElseThrow().toArray());
    for (String header :
        List.of(
            "Cookie: session=" + token,
            "Cookie: Authorization=Bearer " + token,
            "Authorization: bearer " + token,
            "Authorization: Basic " + token,
            "Authorization: Bearer " + token + "=",
            "Authorization: Bearer " + token.substring(1),
            "Authorization: Bearer " + token + ", Bearer " + token,
            "Authorization: Bearer  " + token,
            "X-Authorization: Bearer " + token)) {
      String[] field = header.split(": ", 2);
      Wire.Answer answer =
          Wire.send(
              Wire.request(Route.LOG.path(team.id()) + "?access_token=" + token, Optional.empty())
                  .header(field[0], field[1])
                  .GET());
      assertEquals(401, answer.status(), header);
      assertFalse(answer.headers().firstValue("set-cookie").isPresent());
    }
  }
}
