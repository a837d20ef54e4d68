package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.vault.Change;
import dev.cofre.server.blob.BlobFailure;
import dev.cofre.server.blob.FaultyBlobStore;
import dev.cofre.server.blob.ObjectKey;
import dev.cofre.server.domain.Sweep;
import dev.cofre.server.store.ObjectRows;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What becomes of objects to which nobody refers.
@Tag("N12")
final class SweepTest {
  private static final Duration PERIOD = Duration.ofHours(25);

  private final FaultyBlobStore store = TestServer.blobs();
  private final Sweep sweep = TestServer.bean(Sweep.class);
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

  private void pass() {
    TestServer.CLOCK.advance(PERIOD);
    sweep.sweep();
    team.owner.login(team.id());
  }

  private List<ObjectKey> stored() throws IOException {
    List<ObjectKey> keys = new ArrayList<>();
    store.forEach(team.id().hex() + "/", keys::add);
    return keys;
  }

  private Change.Put commit(BlobId blob) {
    Change.Put put = TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob);
    team.append(team.owner, vault, put).as(TeamOnServer.HEAD);
    return put;
  }

  private Wire.Answer read(BlobId blob) {
    return Wire.call(Route.BLOB, team.owner.token, team.id(), vault, blob);
  }

  @Test
  void whatNobodyCommitsIsMarkedThenErased() throws Exception {
    BlobId blob = team.upload(team.owner, vault, new byte[10]);
    pass();
    assertEquals(1, stored().size());
    pass();
    assertEquals(List.of(), stored());
    team.append(
            team.owner,
            vault,
            TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob))
        .is(Problem.UNKNOWN_BLOB);
  }

  @Test
  void aCommitSparesWhatWasMarked() throws Exception {
    BlobId blob = team.upload(team.owner, vault, new byte[] {1, 2, 3});
    pass();
    commit(blob);
    pass();
    pass();
    pass();
    assertEquals(Bytes.of(new byte[] {1, 2, 3}), read(blob).body());
  }

  @Test
  void whatIsPurgedIsErasedAtOnce() throws Exception {
    BlobId blob = team.upload(team.owner, vault, new byte[10]);
    Change.Put put = commit(blob);
    purge(put);
    sweep.sweep();
    assertEquals(List.of(), stored());
  }

  @Test
  void aPackLivesAsLongAsAnythingInItIsReferredTo() throws Exception {
    Uploads.Blob first = new Uploads.Blob(new BlobId(Actor.random(16)), 3);
    Uploads.Blob second = new Uploads.Blob(new BlobId(Actor.random(16)), 3);
    Uploads.Blob never = new Uploads.Blob(new BlobId(Actor.random(16)), 3);
    UploadId upload = new UploadId(Actor.random(16));
    team.begin(team.owner, vault, upload, first, second, never).as(Uploads.State.CODEC);
    put(upload, new byte[] {1, 1, 1, 2, 2, 2, 3, 3, 3}).isDone();
    Wire.call(Route.COMPLETE_UPLOAD, team.owner.token, team.id(), vault, upload).isDone();
    Change.Put one = commit(first.blob());
    Change.Put two = commit(second.blob());
    purge(one);
    pass();
    pass();
    pass();
    assertEquals(Bytes.of(new byte[] {2, 2, 2}), read(second.blob()).body());
    purge(two);
    pass();
    assertEquals(1, stored().size(), "its third content may still be committed");
    pass();
    pass();
    assertEquals(List.of(), stored());
  }

  private void purge(Change.Put put) {
    team.append(team.owner, vault, new Change.Delete(put.file(), put.revision()))
        .as(TeamOnServer.HEAD);
    team.append(team.owner, vault, new Change.Purge(put.file(), List.of(put.revision())))
        .as(TeamOnServer.HEAD);
  }

  private Wire.Answer put(UploadId upload, byte[] content) {
    return Wire.call(Route.PUT_PART, team.owner.token, "", content, team.id(), vault, upload, 1);
  }

  @Test
  void anUploadThatGoesOnIsNeverTaken() throws Exception {
    UploadId upload = new UploadId(Actor.random(16));
    team.begin(team.owner, vault, upload, new Uploads.Blob(new BlobId(Actor.random(16)), 3));
    for (int day = 0; day < 4; day++) {
      put(upload, new byte[] {1, 2, 3}).isDone();
      pass();
    }
    put(upload, new byte[] {1, 2, 3}).isDone();
    Wire.call(Route.COMPLETE_UPLOAD, team.owner.token, team.id(), vault, upload).isDone();
    assertEquals(1, stored().size());
  }

  @Test
  void anAbortedUploadAndAnIdleOneAreErased() throws Exception {
    UploadId upload = new UploadId(Actor.random(16));
    team.begin(team.owner, vault, upload, new Uploads.Blob(new BlobId(Actor.random(16)), 3));
    put(upload, new byte[] {1, 2, 3}).isDone();
    pass();
    pass();
    put(upload, new byte[] {1, 2, 3}).is(Problem.NOT_FOUND);
  }

  @Test
  void oneObjectThatCannotBeErasedKeepsNoOtherOne() throws Exception {
    for (int i = 0; i < 20; i++) {
      team.upload(team.owner, vault, new byte[10]);
    }
    List<ObjectKey> all = stored();
    pass();
    ObjectKey stuck = all.get(3);
    store.failFor(stuck::equals, () -> new BlobFailure.Unavailable("as told", 503));
    pass();
    assertEquals(List.of(stuck), stored());
    store.heal();
    TestServer.CLOCK.advance(Duration.ofMinutes(1));
    sweep.sweep();
    assertEquals(List.of(), stored());
  }

  @Test
  void aStorageThatIsGoneAtAnyCallOfASweepCostsNothingAndKeepsNothing() throws Exception {
    BlobId kept = team.upload(team.owner, vault, new byte[] {1, 2, 3});
    commit(kept);
    pass();
    pass();
    pass();
    List<ObjectKey> needed = stored();
    for (FaultyBlobStore.Moment moment : FaultyBlobStore.Moment.values()) {
      int call = 0;
      do {
        call++;
        team.upload(team.owner, vault, new byte[10]);
        purge(commit(team.upload(team.owner, vault, new byte[10])));
        UploadId open = new UploadId(Actor.random(16));
        team.begin(team.owner, vault, open, new Uploads.Blob(new BlobId(Actor.random(16)), 3))
            .as(Uploads.State.CODEC);
        store.failAt(call, moment);
        pass();
        pass();
        int calls = store.calls();
        store.heal();
        pass();
        pass();
        assertEquals(needed, stored());
        assertEquals(Bytes.of(new byte[] {1, 2, 3}), read(kept).body());
        assertEquals(3, counted());
        if (calls < call) {
          break;
        }
      } while (call < 100);
      assertTrue(call > 4 && call < 100, "calls");
    }
  }

  /// The bytes that count for the team's share.
  private long counted() {
    return TestServer.bean(ObjectRows.class).bytes(team.id().value());
  }

  @Test
  void abortingAnUploadThatWasCompletedMeanwhileTakesNothing() throws Exception {
    UploadId upload = new UploadId(Actor.random(16));
    BlobId blob = new BlobId(Actor.random(16));
    team.begin(team.owner, vault, upload, new Uploads.Blob(blob, 3)).as(Uploads.State.CODEC);
    put(upload, new byte[] {1, 2, 3}).isDone();
    Wire.call(Route.COMPLETE_UPLOAD, team.owner.token, team.id(), vault, upload).isDone();
    commit(blob);
    Wire.call(Route.ABORT_UPLOAD, team.owner.token, team.id(), vault, upload).isDone();
    pass();
    assertTrue(stored().size() == 1);
    assertFalse(read(blob).body().length() == 0);
  }
}
