package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Blobs;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.vault.Change;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Many contents in one answer.
final class BlobsTogetherTest {
  private static final int LENGTH = 1000;

  private TeamOnServer team;
  private VaultId vault;
  private final List<BlobId> blobs = new ArrayList<>();
  private final List<Bytes> contents = new ArrayList<>();

  /// Three contents in one object, one in another.
  @BeforeEach
  void store() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
    pack(3);
    pack(1);
    commit(blobs);
  }

  private void pack(int count) throws Exception {
    UploadId upload = new UploadId(Actor.random(16));
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    List<Uploads.Blob> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Bytes content = Actor.random(LENGTH + i);
      blobs.add(new BlobId(Actor.random(16)));
      contents.add(content);
      object.writeBytes(content.toArray());
      parts.add(new Uploads.Blob(blobs.getLast(), content.length()));
    }
    team.begin(team.owner, vault, upload, parts.toArray(Uploads.Blob[]::new))
        .as(Uploads.State.CODEC);
    Wire.call(
            Route.PUT_PART, team.owner.token, "", object.toByteArray(), team.id(), vault, upload, 1)
        .isDone();
    Wire.call(Route.COMPLETE_UPLOAD, team.owner.token, team.id(), vault, upload).isDone();
  }

  private void commit(List<BlobId> some) throws Exception {
    Change[] puts =
        some.stream()
            .map(blob -> TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob))
            .toArray(Change[]::new);
    team.append(team.owner, vault, puts).as(TeamOnServer.HEAD);
  }

  private Wire.Answer ask(List<BlobId> wanted) {
    byte[] body = Blobs.Wanted.CODEC.encode(new Blobs.Wanted(wanted));
    return Wire.call(Route.BLOBS, team.owner.token, "", body, team.id(), vault);
  }

  private long fetched() throws Exception {
    String query = "?member=" + team.owner.id.hex();
    return Wire.call(Route.FETCHED, team.owner.token, query, new byte[0], team.id(), vault)
        .as(Commits.Fetched.CODEC)
        .files();
  }

  private void assertGives(int... order) {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    List<BlobId> wanted = new ArrayList<>();
    for (int i : order) {
      wanted.add(blobs.get(i));
      expected.writeBytes(contents.get(i).toArray());
    }
    Wire.Answer answer = ask(wanted);
    assertEquals(200, answer.status());
    assertEquals(Bytes.of(expected.toByteArray()), answer.body());
  }

  @Test
  void theyComeInTheOrderAskedForFromAllObjects() {
    assertGives(0, 1, 2, 3);
    assertGives(3, 2, 1, 0);
    assertGives(1, 2, 3);
    assertGives(0, 2);
    assertGives(2);
  }

  @Test
  void eachFileCountsAsFetchedOnce() throws Exception {
    assertEquals(0, fetched());
    assertGives(0, 1);
    assertGives(1, 2);
    assertEquals(3, fetched());
    Wire.call(Route.BLOB, team.owner.token, team.id(), vault, blobs.get(2));
    assertEquals(3, fetched());
  }

  @Test
  void whereOneCannotBeHadNoneComesAndNoneCounts() throws Exception {
    ask(List.of(blobs.getFirst(), new BlobId(Actor.random(16)))).is(Problem.NOT_FOUND);
    pack(1);
    ask(blobs).is(Problem.NOT_FOUND);
    assertEquals(0, fetched());
    VaultId other = team.vault(team.owner);
    byte[] body = Blobs.Wanted.CODEC.encode(new Blobs.Wanted(blobs.subList(0, 1)));
    Wire.call(Route.BLOBS, team.owner.token, "", body, team.id(), other).is(Problem.NOT_FOUND);
  }

  @Test
  void moreThanOneAnswerHoldsIsRefused() throws Exception {
    BlobId one = team.upload(team.owner, vault, new byte[Uploads.PART_SIZE]);
    BlobId two = team.upload(team.owner, vault, new byte[Uploads.PART_SIZE]);
    commit(List.of(one, two));
    assertEquals(2 * Uploads.PART_SIZE, ask(List.of(one, two)).body().length());
    ask(List.of(one, blobs.getFirst(), two)).is(Problem.TOO_LARGE);
  }

  @Test
  void nothingStaysOpen() throws Exception {
    assertGives(0, 1, 2, 3);
    for (int i = 0; i < 100 && TestServer.blobs().openStreams() > 0; i++) {
      Thread.sleep(20);
    }
    assertEquals(0, TestServer.blobs().openStreams());
  }
}
