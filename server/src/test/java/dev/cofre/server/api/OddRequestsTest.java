package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.server.Actor;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.TestServer;
import dev.cofre.server.Wire;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Requests that say too little or the same thing twice, and what is asked for too late.
final class OddRequestsTest {
  private TeamOnServer team;

  @BeforeEach
  void aTeam() throws Exception {
    team = TeamOnServer.start();
  }

  /// What a form or a script of another site can send without asking first.
  @Test
  @Tag("N26")
  void refusesABodyThatDoesNotSayWhatItIs() {
    for (Route route : List.of(Route.CREATE_TEAM, Route.CHALLENGE, Route.APPEND_ENTRY)) {
      String path = route.path(route == Route.CREATE_TEAM ? new Object[0] : ids());
      Wire.send(Wire.request(path, team.owner.token).POST(BodyPublishers.ofString("a=b")))
          .is(Problem.UNSUPPORTED_MEDIA);
      for (String type :
          List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
        Wire.send(
                Wire.request(path, team.owner.token)
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString("a=b")))
            .is(Problem.UNSUPPORTED_MEDIA);
      }
    }
  }

  private Object[] ids() {
    return new Object[] {team.id()};
  }

  @Test
  @Tag("N04")
  void refusesAParameterThatComesTwice() {
    String log = Route.LOG.path(team.id());
    assertEquals(200, Wire.send(Wire.request(log + "?after=0", team.owner.token).GET()).status());
    for (String query : List.of("?after=0&after=1", "?after=0&after=0", "?x=1&x=2")) {
      Wire.send(Wire.request(log + query, team.owner.token).GET()).is(Problem.MALFORMED);
    }
  }

  @Test
  void refusesAnAuthorizationThatComesTwice() {
    Wire.send(
            Wire.request(Route.LOG.path(team.id()), team.owner.token)
                .header("Authorization", "Bearer " + "A".repeat(43))
                .GET())
        .is(Problem.MALFORMED);
  }

  @Test
  void takesOneMessageThroughASlotForTenMinutes() {
    for (boolean late : List.of(false, true)) {
      RelayId relay = new RelayId(Actor.random(RelayId.LENGTH));
      Wire.call(Route.OPEN_RELAY, team.owner.token, team.id(), relay).isDone();
      TestServer.CLOCK.advance(Duration.ofMinutes(late ? 11 : 9));
      byte[] message = {1, 2, 3};
      Wire.Answer filled = fill(relay, message);
      if (late) {
        filled.is(Problem.NOT_FOUND);
      } else {
        filled.isDone();
        fill(relay, new byte[] {4}).is(Problem.ID_TAKEN);
        Wire.Answer read = Wire.call(Route.READ_RELAY, team.owner.token, team.id(), relay);
        assertEquals(Bytes.of(message), read.body());
      }
    }
  }

  private Wire.Answer fill(RelayId relay, byte[] message) {
    return Wire.call(Route.FILL_RELAY, Optional.empty(), "", message, team.id(), relay);
  }
}
