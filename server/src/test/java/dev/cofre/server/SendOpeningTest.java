package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sends;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.vault.Change;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Opening a send, by whoever has the link and by whoever has not.
final class SendOpeningTest {
  private static final int CLIENTS = 64;
  private static final Bytes RIGHT = Actor.random(32);

  private TeamOnServer team;
  private VaultId vault;

  @BeforeEach
  void start() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
  }

  private TestSend send() {
    return TestSend.of(team, team.owner, vault);
  }

  private static long left(TestSend send) {
    return send.state().as(Sends.State.CODEC).left().orElseThrow();
  }

  @Test
  @Tag("J10")
  void askingUsesNothingUp() {
    TestSend send = send().opens(1).begin();
    for (int i = 0; i < 20; i++) {
      assertEquals(1, left(send));
      Wire.send(Wire.request(Route.OPEN_SEND.path(send.id()), Optional.of(send.access)).GET());
      Wire.send(
          Wire.request(Route.SEND.path(send.id()), Optional.of(send.access))
              .method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()));
    }
    assertEquals(0, send.openings().opened());
    send.opened();
    send.state().is(Problem.SEND_USED_UP);
    send.open(Actor.random(32)).is(Problem.SEND_USED_UP);
  }

  @Test
  void theSameTokenIsTheSameOpening() {
    TestSend send = send().opens(2).begin();
    Bytes opening = send.opened();
    assertEquals(
        send.open(opening).as(Sends.Opened.CODEC), send.open(opening).as(Sends.Opened.CODEC));
    assertEquals(1, left(send));
    Bytes another = send.opened();
    assertEquals(Bytes.of(TestSend.MANIFEST), send.read(opening, send.manifest()).body());
    assertEquals(Bytes.of(TestSend.MANIFEST), send.read(another, send.manifest()).body());
    assertEquals(2, send.openings().opened());
  }

  @Test
  void anOpeningLastsADay() {
    TestSend send = send().expiresIn(Duration.ofDays(3)).begin();
    Bytes opening = send.opened();
    TestServer.CLOCK.advance(Duration.ofHours(24));
    send.read(opening, send.manifest()).is(Problem.SEND_EXPIRED);
    send.opened();
  }

  @Test
  void isToldToTheVaultsMembers() throws Exception {
    TestSend send = send().begin();
    Actor eva = team.member("eva", vault, VaultRole.VIEWER);
    send.opened();
    Sends.Openings openings =
        Wire.call(Route.OPENINGS, eva.token, team.id(), vault, send.id()).as(Sends.Openings.CODEC);
    assertEquals("127.0.0.0/24", openings.openings().getFirst().network());
    VaultId elsewhere = team.vault(team.owner);
    Wire.call(Route.OPENINGS, team.owner.token, team.id(), elsewhere, send.id())
        .is(Problem.NOT_FOUND);
  }

  private static String everything(Wire.Answer answer) {
    TreeMap<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    headers.remove("date");
    String body = new String(answer.body().toArray(), StandardCharsets.UTF_8);
    return answer.status() + " " + headers + body.replaceAll("\"instance\":\"[^\"]*\"", "");
  }

  @Test
  @Tag("N01")
  @Tag("J08")
  void withoutTheTokenEverySendIsLikeNone() {
    TestSend open = send().passcode(RIGHT).begin();
    TestSend usedUp = send().opens(1).begin();
    usedUp.opened();
    TestSend ended = send().begin();
    ended.end(team.owner).as(TeamOnServer.HEAD);
    TestSend expired = send().expiresIn(Duration.ofMinutes(1)).begin();
    TestServer.CLOCK.advance(Duration.ofMinutes(1));
    byte[] body =
        Sends.Open.CODEC.encode(
            new Sends.Open(Actor.random(32), Optional.of(RIGHT), Optional.empty()));
    List<SendId> ids =
        List.of(open.id(), usedUp.id(), ended.id(), expired.id(), new SendId(Actor.random(16)));
    Set<String> answers = new HashSet<>();
    List<Optional<Bytes>> tokens =
        List.of(
            Optional.empty(), Optional.of(Actor.random(32)), team.owner.token, Optional.of(RIGHT));
    for (SendId id : ids) {
      for (Optional<Bytes> token : tokens) {
        answers.add(everything(Wire.call(Route.SEND, token, id)));
        answers.add(everything(Wire.call(Route.OPEN_SEND, token, "", body, id)));
        answers.add(everything(Wire.call(Route.SEND_BLOB, token, id, open.manifest())));
      }
    }
    assertEquals(1, answers.size(), answers::toString);
    assertEquals(0, open.openings().opened());
  }

  @Test
  void theTokenOfOneLinkIsWorthlessAtAnother() {
    TestSend send = send().begin();
    TestSend other = send().begin();
    Bytes opening = other.opened();
    Wire.call(Route.SEND, Optional.of(other.access), send.id()).is(Problem.NOT_FOUND);
    send.read(opening, send.manifest()).is(Problem.NOT_FOUND);
    other.read(opening, send.manifest()).is(Problem.NOT_FOUND);
    send.read(send.access, send.manifest()).is(Problem.NOT_FOUND);
    Wire.call(Route.SEND, Optional.of(opening), other.id()).is(Problem.NOT_FOUND);
  }

  @Test
  @Tag("J09")
  void wrongPasscodesAreFewAndThenPaused() {
    TestSend send = send().passcode(RIGHT).opens(5).expiresIn(Duration.ofDays(30)).begin();
    assertEquals(Sends.Need.NEEDED, send.state().as(Sends.State.CODEC).passcode());
    send.open(Actor.random(32), Optional.empty()).is(Problem.PASSCODE_WRONG);
    Duration pause = Duration.ofMinutes(1);
    for (int i = 0; i < 5; i++) {
      wrong(send).is(Problem.PASSCODE_WRONG);
    }
    for (int i = 0; i < 3; i++) {
      wrong(send).is(Problem.PASSCODE_PAUSED);
      send.open(Actor.random(32)).is(Problem.PASSCODE_PAUSED);
      TestServer.CLOCK.advance(pause.minusSeconds(1));
      send.open(Actor.random(32)).is(Problem.PASSCODE_PAUSED);
      TestServer.CLOCK.advance(Duration.ofSeconds(2));
      wrong(send).is(Problem.PASSCODE_WRONG);
      pause = pause.multipliedBy(2);
    }
    assertEquals(5, left(send));
    TestServer.CLOCK.advance(pause);
    send.opened();
    for (int i = 0; i < 5; i++) {
      wrong(send).is(Problem.PASSCODE_WRONG);
    }
    assertEquals(4, left(send));
  }

  private static Wire.Answer wrong(TestSend send) {
    return send.open(Actor.random(32), Optional.of(Actor.random(32)));
  }

  @Test
  void aProofThatNobodyAskedForIsMalformed() {
    TestSend send = send().opens(1).begin();
    send.open(Actor.random(32), Optional.of(RIGHT)).is(Problem.MALFORMED);
    assertEquals(1, left(send));
  }

  /// Statuses of so many openings at once, each with a token of its own.
  private static List<String> atOnce(TestSend send, int clients) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        Bytes opening = Actor.random(32);
        answers.add(
            threads.submit(() -> {
              Wire.Answer answer = send.open(opening);
              while (answer.status() == 503) {
                answer = send.open(opening);
              }
              return answer.problem();
            }));
      }
      List<String> problems = new ArrayList<>();
      for (Future<String> answer : answers) {
        problems.add(answer.get());
      }
      return problems;
    }
  }

  @Test
  void isOpenedExactlyAsOftenAsItMayBeHoweverManyTryAtOnce() throws Exception {
    for (long most : List.of(1L, 10L)) {
      TestSend send = send().opens(most).begin();
      List<String> problems = atOnce(send, CLIENTS);
      assertEquals(most, problems.stream().filter(String::isEmpty).count());
      assertEquals(
          CLIENTS - most, problems.stream().filter(Problem.SEND_USED_UP.code()::equals).count());
      assertEquals(most, send.openings().opened());
      assertEquals(most, send.openings().openings().size());
    }
  }

  @Test
  @Tag("J07")
  void isCutOffInTheMiddleOfADownloadWhenItEnds() throws Exception {
    int part = Uploads.PART_SIZE;
    int parts = 6;
    BlobId blob = new BlobId(Actor.random(16));
    UploadId upload = new UploadId(Actor.random(16));
    team.begin(team.owner, vault, upload, new Uploads.Blob(blob, (long) parts * part));
    for (int i = 1; i <= parts; i++) {
      Wire.call(Route.PUT_PART, team.owner.token, "", new byte[part], team.id(), vault, upload, i)
          .isDone();
    }
    Wire.call(Route.COMPLETE_UPLOAD, team.owner.token, team.id(), vault, upload).isDone();
    Change.Put file = TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob);
    team.append(team.owner, vault, file).as(TeamOnServer.HEAD);
    TestSend send = send().handing(file.revision()).begin();
    Bytes opening = send.opened();
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient()
            .send(
                Wire.request(Route.SEND_BLOB.path(send.id(), blob), Optional.of(opening)).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = answer.body()) {
      assertEquals(part, in.readNBytes(part).length);
      send.end(team.owner).as(TeamOnServer.HEAD);
      Thread.sleep(1_100);
      long[] read = {part};
      assertThrows(
          IOException.class,
          () -> {
            for (byte[] piece = in.readNBytes(part);
                piece.length > 0;
                piece = in.readNBytes(part)) {
              read[0] += piece.length;
            }
          });
      assertTrue(read[0] < (long) parts * part, () -> read[0] + " bytes");
    }
  }

  @Test
  void partsOfAContentAreGivenAsAskedFor() {
    TestSend send = send().begin();
    Bytes opening = send.opened();
    Wire.Answer part =
        Wire.send(
            Wire.request(Route.SEND_BLOB.path(send.id(), send.manifest()), Optional.of(opening))
                .header("Range", "bytes=1-2"));
    assertEquals(206, part.status());
    assertEquals(2, part.body().length());
    assertEquals("bytes 1-2/4", part.headers().firstValue("content-range").orElse(""));
  }
}
