package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Blobs;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.team.Body;
import dev.cofre.server.blob.DirectStore;
import dev.cofre.server.blob.S3BlobStore;
import dev.cofre.server.blob.TestS3;
import dev.cofre.server.domain.Sweep;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// A server whose members put and read large contents in the store themselves, over a real S3 server.
final class DirectDeliveryTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static TestS3 s3;
  private static SideServer server;

  private final byte[] content = Arrays.copyOf(new byte[] {1, 2, 3}, Uploads.PART_SIZE + 100);
  private final BlobId blob = new BlobId(Actor.random(16));
  private final UploadId upload = new UploadId(Actor.random(16));
  private TeamOnServer team;
  private VaultId vault;

  @BeforeAll
  static void open() throws Exception {
    s3 = TestS3.open();
    server =
        SideServer.start(settings ->
                settings
                    .limits(TestServer.LIMITS)
                    .bucket(
                        new Settings.Bucket(
                            s3.settings(),
                            s3.credentials(),
                            Optional.of(s3.settings().endpoint()))))
            .use();
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    s3.close();
  }

  @BeforeEach
  void start() throws Exception {
    abandonAll();
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
  }

  private byte[] part(int number) {
    int first = (number - 1) * Uploads.PART_SIZE;
    return Arrays.copyOfRange(content, first, Math.min(content.length, first + Uploads.PART_SIZE));
  }

  private void begin(Actor who) {
    team.begin(who, vault, upload, new Uploads.Blob(blob, content.length)).isDone();
  }

  private Wire.Answer whereToPut(Actor who, int number, byte[] part) {
    byte[] hash = Uploads.PartHash.CODEC.encode(new Uploads.PartHash(Hash.sha256(part).value()));
    return Wire.call(Route.PART_ADDRESS, who.token, "", hash, team.id(), vault, upload, number);
  }

  private static String url(Wire.Answer answer) {
    return answer.as(Blobs.Address.CODEC).url().orElseThrow();
  }

  private static HttpResponse<byte[]> put(String url, byte[] part) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/octet-stream")
            .header("x-amz-content-sha256", Hash.sha256(part).hex())
            .PUT(HttpRequest.BodyPublishers.ofByteArray(part))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private String put(Actor who, int number, byte[] part) throws Exception {
    HttpResponse<byte[]> answer = put(url(whereToPut(who, number, part)), part);
    assertEquals(200, answer.statusCode(), () -> new String(answer.body()));
    return answer.headers().firstValue("ETag").orElseThrow().replace("\"", "");
  }

  private Wire.Answer stored(Actor who, int number, String tag) {
    byte[] receipt = Uploads.Receipt.CODEC.encode(new Uploads.Receipt(tag));
    return Wire.call(Route.PART_STORED, who.token, "", receipt, team.id(), vault, upload, number);
  }

  private void bring(Actor who) throws Exception {
    begin(who);
    for (int number = 1; number <= 2; number++) {
      stored(who, number, put(who, number, part(number))).isDone();
    }
  }

  private Wire.Answer complete(Actor who) {
    return Wire.call(Route.COMPLETE_UPLOAD, who.token, team.id(), vault, upload);
  }

  private void commit(BlobId of) {
    team.append(
            team.owner, vault, TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), of))
        .as(TeamOnServer.HEAD);
  }

  private Wire.Answer whereToRead(Actor who) {
    return Wire.call(Route.BLOB_ADDRESS, who.token, team.id(), vault, blob);
  }

  private static byte[] read(String url) throws Exception {
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(),
            HttpResponse.BodyHandlers.ofByteArray())
        .body();
  }

  private Set<Integer> arrived(Actor who) {
    return Wire.call(Route.UPLOAD, who.token, team.id(), vault, upload)
        .as(Uploads.State.CODEC)
        .parts()
        .stream()
        .map(Uploads.Part::number)
        .collect(java.util.stream.Collectors.toSet());
  }

  @Test
  void whatMembersPutThemselvesOthersReadThemselves() throws Exception {
    Actor rui = team.member("rui", vault, VaultRole.EDITOR);
    Actor eva = team.member("eva", vault, VaultRole.VIEWER);
    bring(rui);
    assertEquals(Set.of(1, 2), arrived(rui));
    complete(rui).isDone();
    assertEquals(Optional.empty(), whereToPut(rui, 1, part(1)).as(Blobs.Address.CODEC).url());
    stored(rui, 1, "another").isDone();
    assertEquals(Blobs.ADDRESS_SECONDS, DirectStore.LIFE.toSeconds());
    commit(blob);
    assertEquals(Bytes.of(content), Bytes.of(read(url(whereToRead(eva)))));
    assertEquals(
        Bytes.of(content), Wire.call(Route.BLOB, eva.token, team.id(), vault, blob).body());
    assertEquals(
        1,
        Wire.call(
                Route.FETCHED,
                team.owner.token,
                "?member=" + eva.id.hex(),
                new byte[0],
                team.id(),
                vault)
            .as(Commits.Fetched.CODEC)
            .files());
  }

  @Test
  @Tag("N03")
  @Tag("N13")
  void nobodyIsGivenAnAddressWithoutTheRightToUseIt() throws Exception {
    Actor rui = team.member("rui", vault, VaultRole.EDITOR);
    Actor eva = team.member("eva", vault, VaultRole.VIEWER);
    Actor mia = team.member("mia");
    begin(rui);
    whereToPut(team.owner, 1, part(1)).is(Problem.NOT_FOUND);
    stored(team.owner, 1, "tag").is(Problem.NOT_FOUND);
    whereToPut(eva, 1, part(1)).is(Problem.NOT_ALLOWED);
    stored(eva, 1, "tag").is(Problem.NOT_ALLOWED);
    whereToPut(mia, 1, part(1)).is(Problem.NOT_FOUND);
    for (int number : new int[] {3, 10_000, 99_999}) {
      whereToPut(rui, number, part(1)).is(Problem.NOT_FOUND);
      stored(rui, number, "tag").is(Problem.NOT_FOUND);
    }
    whereToRead(eva).is(Problem.NOT_FOUND);
    Wire.call(Route.ABORT_UPLOAD, rui.token, team.id(), vault, upload).isDone();
    whereToPut(rui, 1, part(1)).is(Problem.NOT_FOUND);
  }

  @Test
  @Tag("N13")
  void onlyTheTwoAnswersThatMustHoldAnAddressOfTheStorage() throws Exception {
    String place = s3.settings().endpoint() + "/" + s3.settings().bucket() + "/";
    bring(team.owner);
    Wire.Answer parts = Wire.call(Route.UPLOAD, team.owner.token, team.id(), vault, upload);
    assertTrue(url(whereToPut(team.owner, 1, part(1))).startsWith(place));
    complete(team.owner).isDone();
    commit(blob);
    assertTrue(url(whereToRead(team.owner)).startsWith(place));
    for (Wire.Answer answer :
        List.of(
            parts,
            Wire.call(Route.SERVER, Optional.empty()),
            Wire.call(Route.LOG, team.owner.token, team.id()),
            Wire.call(Route.COMMITS, team.owner.token, team.id(), vault),
            Wire.call(Route.BLOB, team.owner.token, team.id(), vault, blob),
            Wire.call(Route.BLOB_ADDRESS, Optional.empty(), team.id(), vault, blob))) {
      String text = new String(answer.body().toArray());
      assertFalse(text.contains(place) || text.contains("X-Amz"), text);
      assertEquals(Optional.empty(), answer.headers().firstValue("Location"));
    }
  }

  @Test
  @Tag("N18")
  void noAddressIsInTheLog() throws Exception {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger ours = context.getLogger("dev.cofre");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    ours.setLevel(Level.TRACE);
    try {
      bring(team.owner);
      complete(team.owner).isDone();
      commit(blob);
      url(whereToRead(team.owner));
    } finally {
      ours.setLevel(Level.INFO);
      root.detachAppender(log);
    }
    List<String> lines = List.copyOf(log.list).stream().map(ILoggingEvent::toString).toList();
    assertTrue(lines.stream().anyMatch(line -> line.contains("/address")), lines::toString);
    assertTrue(lines.stream().noneMatch(line -> line.contains("X-Amz")), lines::toString);
  }

  @Test
  @Tag("N13")
  void contentsThatAreShortOrTravelTogetherGoThroughTheServer() {
    int most = Blobs.DIRECT_ABOVE;
    for (int[] lengths : new int[][] {{most}, {most, 40}, {most + 1, 40}}) {
      UploadId pack = new UploadId(Actor.random(16));
      List<Uploads.Blob> blobs =
          Arrays.stream(lengths)
              .mapToObj(length -> new Uploads.Blob(new BlobId(Actor.random(16)), length))
              .toList();
      byte[] whole = new byte[Arrays.stream(lengths).sum()];
      team.begin(team.owner, vault, pack, blobs.toArray(Uploads.Blob[]::new)).isDone();
      byte[] hash = Uploads.PartHash.CODEC.encode(new Uploads.PartHash(Hash.sha256(whole).value()));
      assertEquals(
          Optional.empty(),
          Wire.call(Route.PART_ADDRESS, team.owner.token, "", hash, team.id(), vault, pack, 1)
              .as(Blobs.Address.CODEC)
              .url());
      Wire.call(Route.PUT_PART, team.owner.token, "", whole, team.id(), vault, pack, 1).isDone();
      Wire.call(Route.COMPLETE_UPLOAD, team.owner.token, team.id(), vault, pack).isDone();
      for (Uploads.Blob each : blobs) {
        commit(each.blob());
        assertEquals(
            Optional.empty(),
            Wire.call(Route.BLOB_ADDRESS, team.owner.token, team.id(), vault, each.blob())
                .as(Blobs.Address.CODEC)
                .url());
      }
    }
  }

  @Test
  @Tag("N13")
  void aPartThatIsAnotherByNowCompletesNothing() throws Exception {
    bring(team.owner);
    byte[] other = part(2);
    other[7]++;
    put(team.owner, 2, other);
    complete(team.owner).is(Problem.UPLOAD_INCOMPLETE);
    assertEquals(Set.of(), arrived(team.owner));
    for (int number = 1; number <= 2; number++) {
      stored(team.owner, number, put(team.owner, number, part(number))).isDone();
    }
    complete(team.owner).isDone();
    commit(blob);
    assertEquals(Bytes.of(content), Bytes.of(read(url(whereToRead(team.owner)))));
  }

  @Test
  @Tag("N13")
  void aPartThatIsOnlySaidToBeThereCompletesNothing() throws Exception {
    begin(team.owner);
    stored(team.owner, 1, put(team.owner, 1, part(1))).isDone();
    complete(team.owner).is(Problem.UPLOAD_INCOMPLETE);
    stored(team.owner, 2, "0123456789abcdef0123456789abcdef").isDone();
    complete(team.owner).is(Problem.UPLOAD_INCOMPLETE);
  }

  @Test
  @Tag("N13")
  @Tag("N20")
  void whoeverIsRemovedGetsNoAddressAndTheirUploadIsAborted() throws Exception {
    Actor rui = team.member("rui", vault, VaultRole.EDITOR);
    bring(rui);
    String outstanding = url(whereToPut(rui, 1, part(1)));
    team.post(team.owner, team.removal(rui));
    whereToPut(rui, 1, part(1)).is(Problem.NO_SESSION);
    requireAborted(outstanding);
  }

  @Test
  @Tag("N13")
  void whoeverMayOnlyReadFromNowOnGetsNoAddressAndTheirUploadIsAborted() throws Exception {
    Actor rui = team.member("rui", vault, VaultRole.EDITOR);
    bring(rui);
    String outstanding = url(whereToPut(rui, 1, part(1)));
    team.post(
        team.owner, new Body.Grant(rui.id, team.named(vault), VaultRole.VIEWER, Optional.empty()));
    whereToPut(rui, 1, part(1)).is(Problem.NOT_ALLOWED);
    requireAborted(outstanding);
  }

  @Test
  @Tag("N13")
  void whoeverLosesTheVaultLosesTheirUploadThereAlone() throws Exception {
    Actor rui = team.member("rui", vault, VaultRole.EDITOR);
    VaultId own = team.vault(rui);
    UploadId there = new UploadId(Actor.random(16));
    team.begin(rui, own, there, new Uploads.Blob(new BlobId(Actor.random(16)), 10)).isDone();
    bring(rui);
    String outstanding = url(whereToPut(rui, 1, part(1)));
    team.post(team.owner, new Body.Revoke(rui.id, team.named(vault), Body.Abandon.KEPT));
    whereToPut(rui, 1, part(1)).is(Problem.NOT_FOUND);
    Wire.call(Route.UPLOAD, rui.token, team.id(), own, there).isDone();
    team.post(
        team.owner, new Body.Grant(rui.id, team.named(vault), VaultRole.EDITOR, Optional.empty()));
    Wire.call(Route.UPLOAD, rui.token, team.id(), vault, upload).is(Problem.NOT_FOUND);
    Wire.call(Route.ABORT_UPLOAD, rui.token, team.id(), own, there).isDone();
    requireAborted(outstanding);
  }

  private static int abandonAll() throws Exception {
    try (S3BlobStore store = new S3BlobStore(s3.settings(), s3.credentials(), new SecureRandom())) {
      return store.abandonUploads(Instant.now().plus(Duration.ofHours(1)), Set.of());
    }
  }

  /// The store has no upload left that it could complete, whatever is put at the address.
  private void requireAborted(String outstanding) throws Exception {
    server.bean(Sweep.class).sweep();
    assertEquals(0, abandonAll());
    put(outstanding, part(1));
    complete(team.owner).is(Problem.NOT_FOUND);
  }
}
