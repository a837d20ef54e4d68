package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.team.Body;
import dev.cofre.server.blob.BlobFailure;
import dev.cofre.server.blob.FaultyBlobStore;
import dev.cofre.server.domain.Refusal;
import dev.cofre.server.domain.Uploads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Uploads that are refused, repeated, overtaken or out of room.
final class UploadTest {
  private static final byte[] CONTENT = {1, 2, 3};
  private static final Path STAGING = Path.of("target", "test-server", "blobs", "staging");

  private final FaultyBlobStore store = TestServer.blobs();
  private final UploadId upload = new UploadId(Actor.random(16));
  private final BlobId blob = new BlobId(Actor.random(16));
  private TeamOnServer team;
  private VaultId vault;

  @BeforeEach
  void start() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
  }

  @AfterEach
  void heal() {
    store.heal();
  }

  private Wire.Answer begin(UploadId id) {
    return team.begin(
        team.owner, vault, id, new dev.cofre.protocol.api.Uploads.Blob(blob, CONTENT.length));
  }

  private Wire.Answer put() {
    return Wire.call(Route.PUT_PART, team.owner.token, "", CONTENT, team.id(), vault, upload, 1);
  }

  private Wire.Answer complete() {
    return Wire.call(Route.COMPLETE_UPLOAD, team.owner.token, team.id(), vault, upload);
  }

  private void commit() {
    team.append(
            team.owner,
            vault,
            TeamOnServer.put(
                new dev.cofre.protocol.FileId(Actor.random(16)), java.util.Optional.empty(), blob))
        .as(TeamOnServer.HEAD);
  }

  private static long staged() throws IOException {
    try (Stream<Path> entries = Files.list(STAGING)) {
      return entries.count();
    }
  }

  @Test
  void completingManyTimesAtOnceIsCompletingOnce() throws Exception {
    begin(upload).isDone();
    put().isDone();
    List<Callable<Wire.Answer>> calls = new ArrayList<>(Collections.nCopies(8, this::complete));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Wire.Answer> call : threads.invokeAll(calls)) {
        assertEquals(204, call.get().status());
      }
    }
    commit();
    assertEquals(
        Bytes.of(CONTENT), Wire.call(Route.BLOB, team.owner.token, team.id(), vault, blob).body());
  }

  @Test
  void completingAnUploadThatIsGoneFails() {
    begin(upload).isDone();
    put().isDone();
    Wire.call(Route.ABORT_UPLOAD, team.owner.token, team.id(), vault, upload).isDone();
    complete().is(Problem.NOT_FOUND);
  }

  @Test
  void anUploadThatIsGivenUpWhileItIsCompletedIsNotComplete() throws Exception {
    begin(upload).isDone();
    put().isDone();
    store.failFor(
        _ -> {
          store.heal();
          Wire.call(Route.ABORT_UPLOAD, team.owner.token, team.id(), vault, upload).isDone();
          return false;
        },
        () -> new IOException("never"));
    complete().is(Problem.NOT_FOUND);
  }

  @Test
  void anUploadThatIsRefusedLeavesNothingBehind() throws Exception {
    begin(upload).isDone();
    long before = staged();
    begin(new UploadId(Actor.random(16))).is(Problem.ID_TAKEN);
    assertEquals(before, staged());
  }

  @Test
  void aPartThatComesSlowlyCountsOnlyIfItsMemberMayStillWrite() throws Exception {
    Actor ana = team.member("ana", vault, VaultRole.EDITOR);
    team.begin(ana, vault, upload, new dev.cofre.protocol.api.Uploads.Blob(blob, CONTENT.length));
    InputStream slow =
        new ByteArrayInputStream(CONTENT) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            try {
              team.post(team.owner, new Body.Revoke(ana.id, team.named(vault), Body.Abandon.KEPT));
            } catch (Exception e) {
              throw new AssertionError(e);
            }
            return super.read(target, offset, length);
          }
        };
    Uploads.Place place = new Uploads.Place(team.id(), vault, ana.id, upload);
    Uploads uploads = TestServer.bean(Uploads.class);
    Refusal refused =
        assertThrows(
            Refusal.class, () -> uploads.put(place, 1, OptionalLong.of(CONTENT.length), slow));
    assertEquals(Problem.NOT_FOUND, refused.problem());
    assertEquals(
        Problem.NOT_FOUND,
        assertThrows(Refusal.class, () -> uploads.state(place)).problem(),
        "the upload is gone with the right");
  }

  @Test
  @Tag("N10")
  void aTeamStoresNoMoreThanItsShareHoweverManyItBeginsAtOnce() throws Exception {
    VaultId other = team.vault(team.owner);
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      VaultId where = i % 2 == 0 ? vault : other;
      calls.add(() ->
          team.begin(
                  team.owner,
                  where,
                  new UploadId(Actor.random(16)),
                  new dev.cofre.protocol.api.Uploads.Blob(
                      new BlobId(Actor.random(16)), TestServer.QUOTA / 3 - 10))
              .problem());
    }
    List<String> problems = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> call : threads.invokeAll(calls)) {
        problems.add(call.get());
      }
    }
    assertEquals(3, Collections.frequency(problems, ""));
    assertEquals(47, Collections.frequency(problems, Problem.TEAM_FULL.code()));
    begin(upload).isDone();
    TeamOnServer another = TeamOnServer.start();
    another
        .begin(
            another.owner,
            another.vault(another.owner),
            upload,
            new dev.cofre.protocol.api.Uploads.Blob(blob, TestServer.QUOTA))
        .isDone();
  }

  @Test
  void aFullStorageIsHeardByWhoeverSendsALargePart() {
    byte[] large = new byte[dev.cofre.protocol.api.Uploads.PART_SIZE];
    team.begin(
            team.owner, vault, upload, new dev.cofre.protocol.api.Uploads.Blob(blob, large.length))
        .isDone();
    store.failFor(_ -> true, () -> new BlobFailure.Full("as told"));
    for (int i = 0; i < 10; i++) {
      Wire.call(Route.PUT_PART, team.owner.token, "", large, team.id(), vault, upload, 1)
          .is(Problem.STORAGE_FULL);
    }
    store.heal();
    Wire.call(Route.PUT_PART, team.owner.token, "", large, team.id(), vault, upload, 1).isDone();
  }

  @Test
  void aFullStorageIsSaidAndTheUploadGoesOnWhenThereIsRoom() {
    begin(upload).isDone();
    store.failFor(_ -> true, () -> new BlobFailure.Full("as told"));
    put().is(Problem.STORAGE_FULL);
    begin(new UploadId(Actor.random(16))).is(Problem.STORAGE_FULL);
    store.heal();
    put().isDone();
    store.failFor(_ -> true, () -> new IOException("No space left on device"));
    complete().is(Problem.STORAGE_FULL);
    store.heal();
    complete().isDone();
    commit();
  }
}
