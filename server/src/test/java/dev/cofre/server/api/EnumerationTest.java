package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.server.Actor;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.TestServer;
import dev.cofre.server.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is there and what is not is answered with the same bytes.
@Tag("N01")
final class EnumerationTest {
  private static final TeamId NO_TEAM = new TeamId(Actor.random(32));
  private static final Sessions.Subject NO_DEVICE =
      new Sessions.Subject.OfDevice(new DeviceId(Actor.random(16)));
  private static final Sessions.Subject NO_INVITE =
      new Sessions.Subject.OfInvite(new InviteId(Actor.random(16)));

  private TeamOnServer team;
  private Actor removed;
  private Sessions.Subject device;

  @BeforeEach
  void aTeamWithSomebodyRemoved() throws Exception {
    team = TeamOnServer.start();
    device = new Sessions.Subject.OfDevice(team.owner.device.id());
    removed = team.member("removed");
    team.post(team.owner, team.removal(removed));
  }

  /// Everything of an answer but what is fresh in each: its number, and the time.
  private static String everything(Wire.Answer answer) {
    TreeMap<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    headers.remove("date");
    String body =
        new String(answer.body().toArray(), StandardCharsets.UTF_8)
            .replaceAll("\"instance\":\"[^\"]*\"", "");
    return answer.status() + " " + headers + " " + body;
  }

  private static void requireAlike(List<Wire.Answer> answers) {
    Set<String> seen = new HashSet<>();
    answers.forEach(answer -> seen.add(everything(answer)));
    assertEquals(1, seen.size(), seen::toString);
  }

  private static Wire.Answer ask(TeamId where, Sessions.Subject subject) {
    byte[] body = Sessions.Ask.CODEC.encode(new Sessions.Ask(subject));
    return Wire.call(Route.CHALLENGE, Optional.empty(), "", body, where);
  }

  @Test
  void anybodyIsGivenANonce() {
    Set<String> shapes = new HashSet<>();
    Set<Bytes> nonces = new HashSet<>();
    for (TeamId where : List.of(team.id(), NO_TEAM)) {
      for (Sessions.Subject subject : List.of(device, NO_DEVICE, NO_INVITE)) {
        Wire.Answer answer = ask(where, subject);
        nonces.add(answer.as(Sessions.Challenge.CODEC).nonce());
        String all = everything(answer);
        shapes.add(all.substring(0, all.indexOf('}')) + answer.body().length());
      }
    }
    assertEquals(1, shapes.size(), shapes::toString);
    assertEquals(6, nonces.size());
  }

  @Test
  void everyLoginThatFailsFailsAlike() {
    String origin = TestServer.uri().toString();
    Actor stranger = new Actor("stranger");
    List<Wire.Answer> answers = new ArrayList<>();
    answers.add(Actor.tryLogin(team.id(), device, stranger.signer, origin, 0));
    answers.add(Actor.tryLogin(team.id(), NO_DEVICE, stranger.signer, origin, 0));
    answers.add(Actor.tryLogin(team.id(), NO_INVITE, stranger.signer, origin, 0));
    answers.add(Actor.tryLogin(NO_TEAM, device, team.owner.signer, origin, 0));
    answers.add(Actor.tryLogin(team.id(), device, team.owner.signer, "https://x.example", 0));
    answers.add(Actor.tryLogin(team.id(), device, team.owner.signer, origin, 3_600_000));
    answers.add(Actor.open(team.id(), Actor.random(32), device, team.owner.signer, origin, 0));
    answers.add(
        Actor.tryLogin(
            team.id(),
            new Sessions.Subject.OfDevice(removed.device.id()),
            removed.signer,
            origin,
            0));
    answers.forEach(answer -> answer.is(Problem.LOGIN_REFUSED));
    requireAlike(answers);
  }

  @Test
  void withoutASessionEveryTeamAndVaultIsAlike() throws Exception {
    VaultId vault = team.vault(team.owner);
    List<Wire.Answer> answers = new ArrayList<>();
    for (Optional<Bytes> token : List.of(Optional.<Bytes>empty(), Optional.of(Actor.random(32)))) {
      for (TeamId where : List.of(team.id(), NO_TEAM)) {
        answers.add(Wire.call(Route.LOG, token, where));
        answers.add(Wire.call(Route.PROFILES, token, where));
        answers.add(Wire.call(Route.COMMITS, token, where, vault));
        answers.add(Wire.call(Route.COMMITS, token, where, new VaultId(Actor.random(32))));
      }
    }
    answers.add(Wire.call(Route.LOG, removed.token, team.id()));
    answers.forEach(answer -> answer.is(Problem.NO_SESSION));
    requireAlike(answers);
  }

  @Test
  void withASessionElsewhereEveryTeamIsAlike() throws Exception {
    Optional<Bytes> other = TeamOnServer.start().owner.token;
    requireAlike(
        List.of(Wire.call(Route.LOG, other, team.id()), Wire.call(Route.LOG, other, NO_TEAM)));
    assertNotEquals(team.id(), NO_TEAM);
  }
}
