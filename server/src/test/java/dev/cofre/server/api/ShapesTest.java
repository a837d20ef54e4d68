package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Blobs;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sends;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.server.Actor;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// A body is exactly the record of its route: nothing more, nothing less, nothing beside.
@Tag("N04")
final class ShapesTest {
  /// Turns a body into one that is nearly right.
  private static final Map<String, UnaryOperator<byte[]>> NEARLY =
      new TreeMap<>(
          Map.of(
              "one more field",
              body -> {
                byte[] more = Arrays.copyOf(body, body.length + 1);
                more[0]++;
                more[body.length] = 0;
                return more;
              },
              "one field fewer",
              body -> {
                byte[] fewer = body.clone();
                fewer[0]--;
                return fewer;
              },
              "a byte after the end",
              body -> Arrays.copyOf(body, body.length + 1),
              "a map",
              body -> {
                byte[] map = body.clone();
                map[0] = (byte) (0xa0 | (map[0] & 0x1f));
                return map;
              },
              "an array without an end",
              body -> {
                byte[] open = Arrays.copyOf(body, body.length + 1);
                open[0] = (byte) 0x9f;
                open[body.length] = (byte) 0xff;
                return open;
              },
              "a JSON object",
              _ -> "{\"admin\":true}".getBytes(),
              "nothing",
              _ -> new byte[0]));

  @TestFactory
  List<DynamicTest> whatIsNearlyARecordIsRefused() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    VaultId vault = team.vault(team.owner);
    BlobId blob = team.upload(team.owner, vault, new byte[10]);
    List<DynamicTest> tests = new ArrayList<>();
    for (Route route : Route.values()) {
      if (route.request() != Route.Nothing.class && route.request() != Route.Raw.class) {
        byte[] right = body(route, team, vault, blob);
        NEARLY.forEach((name, change) ->
            tests.add(
                DynamicTest.dynamicTest(
                    route + " with " + name,
                    () -> ask(route, team, vault, change.apply(right)).is(Problem.MALFORMED))));
        tests.add(
            DynamicTest.dynamicTest(
                route + " as it should be",
                () ->
                    assertTrue(
                        !ask(route, team, vault, right).problem().equals("malformed"),
                        "the record was not right to begin with")));
      }
    }
    assertEquals(12 * (NEARLY.size() + 1), tests.size());
    return tests;
  }

  private static Wire.Answer ask(Route route, TeamOnServer team, VaultId vault, byte[] body) {
    Function<String, Object[]> ids =
        template ->
            template.contains("{send}")
                ? new Object[] {new SendId(Actor.random(16))}
                : template.contains("{part}")
                    ? new Object[] {team.id(), vault, new UploadId(Actor.random(16)), 1}
                    : template.contains("{vault}")
                        ? new Object[] {team.id(), vault}
                        : template.contains("{team}") ? new Object[] {team.id()} : new Object[0];
    boolean stranger =
        route == Route.CREATE_TEAM || route == Route.CHALLENGE || route == Route.OPEN_SESSION;
    Optional<Bytes> token = stranger ? Optional.empty() : team.owner.token;
    return Wire.call(route, token, "", body, ids.apply(route.template()));
  }

  private static byte[] body(Route route, TeamOnServer team, VaultId vault, BlobId blob)
      throws Exception {
    Sessions.Subject subject = new Sessions.Subject.OfDevice(team.owner.device.id());
    return switch (route) {
      case CREATE_TEAM -> {
        Actor owner = new Actor("olga");
        Profile profile = new Profile(Actor.random(32), "Team", "");
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
        yield Teams.Create.CODEC.encode(
            new Teams.Create(
                owner.sign(Label.ENTRY, Entry.CODEC.encode(genesis)),
                profile,
                owner.profile,
                Optional.empty()));
      }
      case CHALLENGE -> Sessions.Ask.CODEC.encode(new Sessions.Ask(subject));
      case OPEN_SESSION -> {
        Sessions.Login login =
            new Sessions.Login("http://x", team.id(), subject, Actor.random(32), 1);
        yield Sessions.Open.CODEC.encode(
            new Sessions.Open(team.owner.sign(Label.LOGIN, Sessions.Login.CODEC.encode(login))));
      }
      case APPEND_ENTRY ->
          Teams.Append.CODEC.encode(
              new Teams.Append(
                  team.entry(team.owner, new Body.VaultCreate(Actor.random(16))).bytes(),
                  Optional.empty()));
      case APPEND_COMMIT ->
          Commits.Append.CODEC.encode(
              team.commit(
                  team.owner,
                  vault,
                  TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob)));
      case ADD_BUNDLES -> Commits.Bundles.CODEC.encode(new Commits.Bundles(List.of(), List.of()));
      case UNUSABLE_WRAPS ->
          Commits.Unusable.CODEC.encode(new Commits.Unusable(List.of(new Commits.Place(1))));
      case BLOBS -> Blobs.Wanted.CODEC.encode(new Blobs.Wanted(List.of(blob)));
      case BEGIN_UPLOAD ->
          Uploads.Begin.CODEC.encode(
              new Uploads.Begin(
                  new UploadId(Actor.random(16)),
                  List.of(new Uploads.Blob(new BlobId(Actor.random(16)), 10))));
      case OPEN_SEND ->
          Sends.Open.CODEC.encode(
              new Sends.Open(Actor.random(32), Optional.empty(), Optional.empty()));
      case PART_ADDRESS -> Uploads.PartHash.CODEC.encode(new Uploads.PartHash(Actor.random(32)));
      case PART_STORED -> Uploads.Receipt.CODEC.encode(new Uploads.Receipt("tag"));
      default -> throw new AssertionError(route + " has a record and no example");
    };
  }
}
