package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.vault.Change;
import dev.cofre.server.domain.Sweep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An editor who means harm: to what others wrote, to the team's room, to the server's memory and time.
final class MemberWithoutScruplesTest {
  private static final byte[] CONTENT = {1, 2, 3};

  private TeamOnServer team;
  private VaultId vault;
  private Actor rui;
  private BlobId blob;

  @BeforeEach
  void aFileOfTheOwnersAndAnEditor() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
    rui = team.member("rui", vault, VaultRole.EDITOR);
    blob = team.upload(team.owner, vault, CONTENT);
  }

  private Change.Put put(BlobId content) {
    return TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), content);
  }

  private String partHead(UploadId upload, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Type: application/octet-stream");
    return RawWire.head(
        "PUT",
        Route.PUT_PART.path(team.id(), vault, upload, 1),
        rui.token,
        all.toArray(String[]::new));
  }

  private UploadId begin(long length) {
    UploadId upload = new UploadId(Actor.random(16));
    team.begin(rui, vault, upload, new Uploads.Blob(new BlobId(Actor.random(16)), length)).isDone();
    return upload;
  }

  @Nested
  @Tag("N11")
  final class ToWhatOthersWrote {
    private void requireUnchanged() {
      assertEquals(
          Bytes.of(CONTENT),
          Wire.call(Route.BLOB, team.owner.token, team.id(), vault, blob).body());
    }

    @Test
    void cannotUploadOverAContent() {
      team.append(team.owner, vault, put(blob)).as(TeamOnServer.HEAD);
      for (long length : new long[] {CONTENT.length, 100}) {
        team.begin(rui, vault, new UploadId(Actor.random(16)), new Uploads.Blob(blob, length))
            .is(Problem.ID_TAKEN);
      }
      requireUnchanged();
    }

    @Test
    void cannotTouchAnotherMembersUpload() {
      UploadId upload = new UploadId(Actor.random(16));
      BlobId fresh = new BlobId(Actor.random(16));
      team.begin(team.owner, vault, upload, new Uploads.Blob(fresh, 3)).isDone();
      Wire.call(Route.UPLOAD, rui.token, team.id(), vault, upload).is(Problem.NOT_FOUND);
      Wire.call(Route.PUT_PART, rui.token, "", CONTENT, team.id(), vault, upload, 1)
          .is(Problem.NOT_FOUND);
      Wire.call(Route.COMPLETE_UPLOAD, rui.token, team.id(), vault, upload).is(Problem.NOT_FOUND);
      Wire.call(Route.ABORT_UPLOAD, rui.token, team.id(), vault, upload).is(Problem.NOT_FOUND);
      team.begin(rui, vault, upload, new Uploads.Blob(fresh, 3)).is(Problem.ID_TAKEN);
    }

    @Test
    void cannotChangeAPartOnceItIsComplete() {
      UploadId upload = new UploadId(Actor.random(16));
      BlobId own = new BlobId(Actor.random(16));
      team.begin(rui, vault, upload, new Uploads.Blob(own, 3)).isDone();
      Wire.call(Route.PUT_PART, rui.token, "", CONTENT, team.id(), vault, upload, 1).isDone();
      Wire.call(Route.COMPLETE_UPLOAD, rui.token, team.id(), vault, upload).isDone();
      team.append(rui, vault, put(own)).as(TeamOnServer.HEAD);
      Wire.call(Route.PUT_PART, rui.token, "", new byte[] {9, 9, 9}, team.id(), vault, upload, 1);
      Wire.call(Route.COMPLETE_UPLOAD, rui.token, team.id(), vault, upload);
      Wire.call(Route.ABORT_UPLOAD, rui.token, team.id(), vault, upload);
      TestServer.bean(Sweep.class).sweep();
      assertEquals(
          Bytes.of(CONTENT), Wire.call(Route.BLOB, team.owner.token, team.id(), vault, own).body());
    }

    @Test
    void cannotPurge() {
      Change.Put file = put(blob);
      team.append(team.owner, vault, file).as(TeamOnServer.HEAD);
      team.append(rui, vault, new Change.Delete(file.file(), file.revision()))
          .as(TeamOnServer.HEAD);
      team.append(rui, vault, new Change.Purge(file.file(), List.of(file.revision())))
          .is(Problem.NOT_ALLOWED);
      requireUnchanged();
    }
  }

  @Nested
  @Tag("N10")
  final class ToTheTeamsRoom {
    @Test
    void givesBackWhatTheyBeginAndGiveUp() {
      for (int i = 0; i < 4; i++) {
        UploadId upload = begin(TestServer.QUOTA - CONTENT.length);
        team.begin(
                team.owner,
                vault,
                new UploadId(Actor.random(16)),
                new Uploads.Blob(new BlobId(Actor.random(16)), 1))
            .is(Problem.TEAM_FULL);
        Wire.call(Route.ABORT_UPLOAD, rui.token, team.id(), vault, upload).isDone();
        TestServer.bean(Sweep.class).sweep();
      }
      team.upload(team.owner, vault, CONTENT);
    }
  }

  @Nested
  @Tag("N09")
  final class ToTheServersMemory {
    @Test
    void saysAnotherLengthThanTheParts() throws Exception {
      UploadId upload = begin(1000);
      for (String length : List.of("1001", "20000000000", "999", "0")) {
        try (RawWire wire = new RawWire()) {
          wire.say(partHead(upload, "Content-Length: " + length));
          RawWire.Said said = wire.hear();
          assertTrue(said.status() == 413 || said.status() == 400, length + said.head());
        }
      }
      try (RawWire wire = new RawWire()) {
        wire.say(partHead(upload, "Transfer-Encoding: chunked"));
        assertEquals(Problem.LENGTH_REQUIRED.code(), wire.hear().problem());
        assertTrue(wire.isEndedWithin(5000));
      }
    }

    @Test
    void sendsLessThanTheySay() throws Exception {
      UploadId upload = begin(1000);
      try (RawWire wire = new RawWire()) {
        wire.say(partHead(upload, "Content-Length: 1000")).say(new byte[999]);
      }
      for (int i = 0; i < 3; i++) {
        Wire.call(Route.COMPLETE_UPLOAD, rui.token, team.id(), vault, upload)
            .is(Problem.UPLOAD_INCOMPLETE);
        Thread.sleep(50);
      }
    }

    @Test
    void sendsMoreThanTheySay() throws Exception {
      UploadId upload = begin(1000);
      try (RawWire wire = new RawWire()) {
        wire.say(partHead(upload, "Content-Length: 1000")).say(new byte[2000]).say("\r\n\r\n");
        assertEquals(204, wire.hear().status());
        assertEquals(400, wire.hear().status());
        assertTrue(wire.isEndedWithin(5000));
      }
    }

    @Test
    void sendsChunksWithoutAnEnd() throws Exception {
      try (RawWire wire = new RawWire()) {
        wire.say(
            RawWire.head(
                "POST",
                Route.LOG.path(team.id()),
                Optional.empty(),
                "Content-Type: application/cbor",
                "Transfer-Encoding: chunked"));
        AtomicInteger sent = new AtomicInteger();
        Thread sender =
            Thread.startVirtualThread(() -> {
              try {
                while (sent.get() < 64) {
                  wire.say("100000\r\n").say(new byte[1 << 20]).say("\r\n");
                  sent.incrementAndGet();
                }
              } catch (IOException _) {
                // cut off
              }
            });
        assertEquals(Problem.NO_SESSION.code(), wire.hear().problem());
        sender.join(1000);
        assertTrue(sent.get() < 64, "an endless body is taken");
      }
    }

    @Test
    void bringsTwoHundredLargePartsAtOnce() throws Exception {
      int large = Uploads.PART_SIZE;
      UploadId upload = begin(large);
      long before = used();
      List<RawWire> wires = new ArrayList<>();
      try {
        for (int i = 0; i < 200; i++) {
          RawWire wire = new RawWire();
          wires.add(wire);
          wire.say(partHead(upload, "Content-Length: " + large)).say(new byte[256 << 10]);
        }
        Thread.sleep(500);
        long more = used() - before;
        assertTrue(more < 32 << 20, () -> (more >> 20) + " MiB for 50 MiB that came");
        assertEquals(200, Wire.call(Route.COMMITS, team.owner.token, team.id(), vault).status());
      } finally {
        for (RawWire wire : wires) {
          wire.close();
        }
      }
    }

    private static long used() {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      return runtime.totalMemory() - runtime.freeMemory();
    }
  }

  @Nested
  @Tag("N29")
  final class ToTheServersTime {
    private SignedBytes forged(SignedBytes right) {
      byte[] signature = right.signature().toArray();
      signature[0] ^= 1;
      return new SignedBytes(right.payload(), Bytes.of(signature));
    }

    @Test
    void aWrongPlaceIsRefusedBeforeASignatureIsLookedAt() throws Exception {
      Commits.Append old = team.commit(rui, vault, put(blob));
      SignedBytes oldEntry = team.entry(team.owner, new Body.VaultCreate(Actor.random(16))).bytes();
      team.append(team.owner, vault, put(blob)).as(TeamOnServer.HEAD);
      team.post(team.owner, new Body.VaultCreate(Actor.random(16)));
      team.send(
              rui,
              vault,
              new Commits.Append(
                  forged(old.commit()), old.records(), old.bundles(), old.channels()))
          .is(Problem.STALE_HEAD);
      Wire.call(
              Route.APPEND_ENTRY,
              rui.token,
              "",
              Teams.Append.CODEC.encode(new Teams.Append(forged(oldEntry), Optional.empty())),
              team.id())
          .is(Problem.STALE_HEAD);
    }

    @Test
    void manyForgedCommitsKeepNobodyFromWriting() throws Exception {
      TeamOnServer other = TeamOnServer.start();
      VaultId theirs = other.vault(other.owner);
      BlobId content = other.upload(other.owner, theirs, CONTENT);
      Commits.Append right = team.commit(rui, vault, put(blob));
      Commits.Append wrong =
          new Commits.Append(
              forged(right.commit()), right.records(), right.bundles(), right.channels());
      Head head = team.head(vault);
      Thread forger =
          Thread.startVirtualThread(() -> {
            for (int i = 0; i < 200; i++) {
              team.send(rui, vault, wrong).is(Problem.RULE_BROKEN);
            }
          });
      for (int i = 0; i < 10; i++) {
        other
            .append(
                other.owner,
                theirs,
                TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), content))
            .as(TeamOnServer.HEAD);
      }
      forger.join();
      assertEquals(head, team.head(vault));
      team.send(rui, vault, right).as(TeamOnServer.HEAD);
      assertTrue(!head.hash().equals(Hash.ZERO));
    }
  }
}
