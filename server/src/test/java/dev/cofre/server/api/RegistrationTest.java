package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.JoinMode;
import dev.cofre.server.Actor;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.TestServer;
import dev.cofre.server.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// How teams and people come in.
final class RegistrationTest {
  private static Teams.Create create(Actor owner, String name, long time) {
    Profile team = new Profile(Actor.random(32), name, "");
    Entry genesis =
        new Entry(
            Entry.NO_TEAM,
            0,
            Hash.ZERO,
            owner.id,
            owner.device.id(),
            time,
            new Body.Genesis(
                team.hash(), owner.id, owner.profile.hash(), owner.device, owner.memberKey));
    return new Teams.Create(
        owner.sign(Label.ENTRY, Entry.CODEC.encode(genesis)),
        team,
        owner.profile,
        Optional.empty());
  }

  private static Wire.Answer send(Teams.Create create) {
    return Wire.call(Route.CREATE_TEAM, Optional.empty(), "", Teams.Create.CODEC.encode(create));
  }

  @Nested
  final class AStranger {
    @Test
    void mayRegisterTheSameTeamManyTimesAtOnce() throws Exception {
      for (int round = 0; round < 5; round++) {
        Teams.Create create = create(new Actor("olga"), "Team", 1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
          List<Future<Wire.Answer>> answers = new ArrayList<>();
          for (int i = 0; i < 6; i++) {
            answers.add(executor.submit(() -> send(create)));
          }
          Bytes first = answers.getFirst().get().body();
          for (Future<Wire.Answer> answer : answers) {
            assertEquals(200, answer.get().status());
            assertEquals(first, answer.get().body());
          }
        }
      }
    }

    @Test
    void isRefusedNamesThatAreNoText() {
      for (String name : List.of("a\u0000b", "a\nb", "a\u001b[2Jb", "a\u0085b", "a\u2028b")) {
        send(create(new Actor("olga"), name, 1)).is(Problem.MALFORMED);
        send(create(new Actor(name), "Team", 1)).is(Problem.MALFORMED);
      }
      assertEquals(200, send(create(new Actor("Ана Ζωή 名"), "Équipe ✓", 1)).status());
    }

    @Test
    void isRefusedATeamFromTheFuture() {
      long late = TestServer.CLOCK.millis() + Duration.ofMinutes(6).toMillis();
      send(create(new Actor("olga"), "Team", late)).is(Problem.RULE_BROKEN);
    }
  }

  @Nested
  final class SomebodyInvited {
    @Test
    void readsTheLogAndNobodysName() throws Exception {
      TeamOnServer team = TeamOnServer.start();
      InviteId invite = new InviteId(Actor.random(16));
      Ed25519PrivateKeyParameters key = team.invite(invite, JoinMode.AT_ONCE);
      Optional<Bytes> token =
          Optional.of(Actor.login(team.id(), new Sessions.Subject.OfInvite(invite), key));
      assertEquals(200, Wire.call(Route.LOG, token, team.id()).status());
      Wire.call(Route.PROFILES, token, team.id()).is(Problem.NOT_ALLOWED);
      Actor ana = new Actor("ana");
      team.send(token, team.joinOf(ana, invite, key), Optional.of(ana.profile))
          .as(TeamOnServer.HEAD);
      ana.login(team.id());
      assertEquals(
          3,
          Wire.call(Route.PROFILES, ana.token, team.id())
              .as(Teams.Profiles.CODEC)
              .profiles()
              .size());
    }

    @Test
    void isRefusedANameThatIsNoText() throws Exception {
      TeamOnServer team = TeamOnServer.start();
      InviteId invite = new InviteId(Actor.random(16));
      Ed25519PrivateKeyParameters key = team.invite(invite, JoinMode.AT_ONCE);
      Optional<Bytes> token =
          Optional.of(Actor.login(team.id(), new Sessions.Subject.OfInvite(invite), key));
      Actor ana = new Actor("a\u0000na");
      team.send(token, team.joinOf(ana, invite, key), Optional.of(ana.profile))
          .is(Problem.MALFORMED);
    }
  }
}
