package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Blobs;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sends;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.JoinMode;
import dev.cofre.server.Actor;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.TestSend;
import dev.cofre.server.TestServer;
import dev.cofre.server.Wire;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every route, asked by everybody who is not meant to use all of them. A new route does not compile without its row.
final class RouteMatrixTest {
  private static TeamOnServer team;
  private static VaultId vault;
  private static BlobId blob;
  private static TestSend send;
  private static Actor viewer;
  private static final Map<Who, Optional<Bytes>> TOKENS = new EnumMap<>(Who.class);

  /// The columns.
  private enum Who {
    NOBODY,
    OF_ANOTHER_TEAM,
    REMOVED,
    WAITING,
    INVITED,
    VIEWER,
    ENDED
  }

  /// The statuses in the order of the columns.
  private static int[] row(Route route) {
    return switch (route) {
      case SERVER -> all(200);
      case CREATE_TEAM, CHALLENGE, OPEN_SESSION -> all(400);
      case FILL_RELAY, SEND, OPEN_SEND, SEND_BLOB -> all(404);
      case END_SESSION -> statuses(401, 404, 401, 204, 204, 204, 204);
      case LOG -> statuses(401, 404, 401, 200, 200, 200, 200);
      case APPEND_ENTRY -> statuses(401, 404, 401, 403, 403, 409, 409);
      case PROFILES -> statuses(401, 404, 401, 403, 403, 200, 200);
      case OPEN_RELAY -> statuses(401, 404, 401, 403, 403, 204, 204);
      case READ_RELAY -> statuses(401, 404, 401, 403, 403, 404, 404);
      case COMMITS, BUNDLES, MISSING, FETCHED, BLOB, BLOBS, BLOB_ADDRESS, OPENINGS ->
          statuses(401, 404, 401, 404, 404, 200, 403);
      case UNUSABLE_WRAPS -> statuses(401, 404, 401, 404, 404, 204, 403);
      case APPEND_COMMIT,
          ADD_BUNDLES,
          BEGIN_UPLOAD,
          UPLOAD,
          PUT_PART,
          PART_ADDRESS,
          PART_STORED,
          COMPLETE_UPLOAD,
          ABORT_UPLOAD ->
          statuses(401, 404, 401, 404, 404, 403, 403);
    };
  }

  private static int[] statuses(int... statuses) {
    return statuses;
  }

  private static int[] all(int status) {
    int[] row = new int[Who.values().length];
    java.util.Arrays.fill(row, status);
    return row;
  }

  @BeforeAll
  static void everybodyIsThere() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
    blob = team.upload(team.owner, vault, new byte[100]);
    team.append(
            team.owner,
            vault,
            TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob))
        .as(TeamOnServer.HEAD);
    send = TestSend.of(team, team.owner, vault).begin();
    viewer = team.member("viewer", vault, VaultRole.VIEWER);
    Actor ended = team.member("ended");
    team.post(
        team.owner,
        new Body.Grant(
            ended.id,
            team.named(vault),
            VaultRole.MANAGER,
            Optional.of(TestServer.CLOCK.millis() - 1)));
    Actor removed = team.member("removed", vault, VaultRole.MANAGER);
    Optional<Bytes> old = removed.token;
    team.post(team.owner, team.removal(removed));
    InviteId invite = new InviteId(Actor.random(16));
    Ed25519PrivateKeyParameters key = team.invite(invite, JoinMode.AT_ONCE);
    TOKENS.put(Who.NOBODY, Optional.empty());
    TOKENS.put(Who.OF_ANOTHER_TEAM, TeamOnServer.start().owner.token);
    TOKENS.put(Who.REMOVED, old);
    TOKENS.put(Who.WAITING, team.join("waiting", JoinMode.AFTER_CONFIRMATION).token);
    TOKENS.put(
        Who.INVITED,
        Optional.of(Actor.login(team.id(), new Sessions.Subject.OfInvite(invite), key)));
    TOKENS.put(Who.VIEWER, viewer.token);
    TOKENS.put(Who.ENDED, ended.token);
  }

  private static Wire.Answer ask(Route route, Optional<Bytes> token, VaultId where)
      throws Exception {
    List<Object> ids = new ArrayList<>();
    for (String part : route.template().split("/")) {
      switch (part) {
        case "{team}" -> ids.add(team.id());
        case "{vault}" -> ids.add(where);
        case "{relay}" -> ids.add(new RelayId(Actor.random(16)));
        case "{upload}" -> ids.add(new UploadId(Actor.random(16)));
        case "{part}" -> ids.add(1);
        case "{blob}" -> ids.add(blob);
        case "{send}" -> ids.add(send.id());
        default -> {}
      }
    }
    String query = route == Route.FETCHED ? "?member=" + viewer.id.hex() : "";
    return Wire.call(route, token, query, body(route), ids.toArray());
  }

  private static byte[] body(Route route) throws Exception {
    return switch (route) {
      case APPEND_ENTRY -> {
        Entry stale =
            new Entry(
                team.id(),
                1,
                Hash.ZERO,
                team.owner.id,
                team.owner.device.id(),
                1,
                new Body.VaultCreate(Actor.random(16)));
        yield Teams.Append.CODEC.encode(
            new Teams.Append(
                team.owner.sign(dev.cofre.protocol.Label.ENTRY, Entry.CODEC.encode(stale)),
                Optional.empty()));
      }
      case ADD_BUNDLES ->
          Codec.of(Commits.Bundles.class).encode(new Commits.Bundles(List.of(), List.of()));
      case UNUSABLE_WRAPS ->
          Commits.Unusable.CODEC.encode(new Commits.Unusable(List.of(new Commits.Place(1))));
      case APPEND_COMMIT ->
          Commits.Append.CODEC.encode(
              team.commit(
                  team.owner,
                  vault,
                  TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob)));
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
      case CREATE_TEAM, CHALLENGE, OPEN_SESSION, FILL_RELAY, PUT_PART -> new byte[] {1};
      case SERVER,
          END_SESSION,
          LOG,
          PROFILES,
          OPEN_RELAY,
          READ_RELAY,
          COMMITS,
          BUNDLES,
          MISSING,
          FETCHED,
          UPLOAD,
          COMPLETE_UPLOAD,
          ABORT_UPLOAD,
          BLOB,
          BLOB_ADDRESS,
          OPENINGS,
          SEND,
          SEND_BLOB ->
          new byte[0];
    };
  }

  @Tag("N03")
  @TestFactory
  List<DynamicTest> everyRouteAnswersEverybodyAsItsRowSays() {
    List<DynamicTest> tests = new ArrayList<>();
    List<Route> inOrder = new ArrayList<>(List.of(Route.values()));
    inOrder.remove(Route.END_SESSION);
    inOrder.add(Route.END_SESSION);
    for (Route route : inOrder) {
      for (Who who : Who.values()) {
        tests.add(
            DynamicTest.dynamicTest(
                route + " " + who,
                () -> {
                  Wire.Answer answer =
                      ask(route, TOKENS.getOrDefault(who, Optional.empty()), vault);
                  assertEquals(row(route)[who.ordinal()], answer.status(), () -> answer.problem());
                }));
      }
    }
    return tests;
  }

  @Test
  @Tag("N01")
  @Tag("N03")
  void whatIsNotTheirsLooksLikeWhatIsNotThere() throws Exception {
    Set<String> bodies = new HashSet<>();
    VaultId nowhere = new VaultId(Actor.random(32));
    Actor outsider = team.member("outsider");
    for (Route route : Route.values()) {
      if (route.template().contains("{vault}")) {
        for (VaultId asked : List.of(vault, nowhere)) {
          Wire.Answer answer = ask(route, outsider.token, asked);
          assertEquals(404, answer.status(), route::name);
          bodies.add(withoutInstance(answer));
          bodies.add(
              withoutInstance(
                  ask(route, TOKENS.getOrDefault(Who.OF_ANOTHER_TEAM, Optional.empty()), asked)));
        }
      }
    }
    assertEquals(1, bodies.size(), bodies::toString);
  }

  private static String withoutInstance(Wire.Answer answer) {
    return new String(answer.body().toArray(), java.nio.charset.StandardCharsets.UTF_8)
        .replaceAll("\"instance\":\"[^\"]*\"", "");
  }
}
