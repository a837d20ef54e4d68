package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.protocol.Head;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.team.Body;
import dev.cofre.server.domain.TeamStates;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A database that is set back while the server runs.
final class TeamStatesTest {
  private static void setBack(TeamOnServer team, Head head) throws IOException, SQLException {
    try (Connection connection = TestServer.database()) {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM entry WHERE team = ? AND seq > ?")) {
        delete.setBytes(1, team.id().value().toArray());
        delete.setLong(2, head.seq());
        delete.executeUpdate();
      }
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE team SET seq = ?, hash = ? WHERE team = ?")) {
        update.setLong(1, head.seq());
        update.setBytes(2, head.hash().value().toArray());
        update.setBytes(3, team.id().value().toArray());
        update.executeUpdate();
      }
    }
  }

  private static List<Long> places(TeamOnServer team) {
    return Wire.call(Route.LOG, team.owner.token, team.id())
        .as(Teams.LogPage.CODEC)
        .entries()
        .stream()
        .map(bytes -> {
          try {
            return dev.cofre.protocol.team.Entry.read(bytes).value().seq();
          } catch (dev.cofre.protocol.cbor.MalformedException e) {
            throw new AssertionError(e);
          }
        })
        .toList();
  }

  @Test
  void leavesNoHoleInTheLog() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    team.post(team.owner, new Body.VaultCreate(Actor.random(16)));
    var old = team.state;
    team.post(team.owner, new Body.VaultCreate(Actor.random(16)));
    team.post(team.owner, new Body.VaultCreate(Actor.random(16)));
    assertEquals(team.state.head(), TestServer.bean(TeamStates.class).now(team.id()).head());
    setBack(team, old.head());
    int ahead = team.tryPost(team.owner, new Body.VaultCreate(Actor.random(16))).status();
    assertEquals(409, ahead);
    team.state = old;
    team.post(team.owner, new Body.VaultCreate(Actor.random(16)));
    assertEquals(LongStream.rangeClosed(0, 2).boxed().toList(), places(team));
    assertEquals(team.state.head(), TestServer.bean(TeamStates.class).now(team.id()).head());
  }

  @Test
  void followsALogThatTookAnotherWay() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    var old = team.state;
    team.post(team.owner, new Body.VaultCreate(Actor.random(16)));
    assertEquals(team.state.head(), TestServer.bean(TeamStates.class).now(team.id()).head());
    setBack(team, old.head());
    team.state = old;
    team.post(team.owner, new Body.VaultCreate(Actor.random(16)));
    team.post(team.owner, new Body.VaultCreate(Actor.random(16)));
    assertEquals(team.state.head(), TestServer.bean(TeamStates.class).now(team.id()).head());
    assertEquals(LongStream.rangeClosed(0, 2).boxed().toList(), places(team));
  }
}
