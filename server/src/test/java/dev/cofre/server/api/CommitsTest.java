package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Change;
import dev.cofre.server.Actor;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the server takes as a commit.
final class CommitsTest {
  private TeamOnServer team;
  private VaultId vault;
  private Actor rui;
  private BlobId blob;

  @BeforeEach
  void aVaultInWhichRuiWrites() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
    rui = team.member("rui", vault, VaultRole.EDITOR);
    blob = team.upload(rui, vault, new byte[100]);
  }

  private Change put(BlobId content) {
    return TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), content);
  }

  private Wire.Answer send(Commits.Append append) {
    return team.send(rui, vault, append);
  }

  @Nested
  final class AnEditor {
    @Test
    @Tag("N22")
    void winsAloneOnOneHeadAndMayRepeat() throws Exception {
      for (int round = 0; round < 5; round++) {
        List<Commits.Append> appends = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          appends.add(team.commit(rui, vault, put(blob)));
        }
        List<Wire.Answer> answers = atOnce(appends);
        List<Wire.Answer> taken = answers.stream().filter(a -> a.status() == 200).toList();
        assertEquals(1, taken.size());
        answers.stream().filter(a -> a.status() != 200).forEach(a -> a.is(Problem.STALE_HEAD));
        List<Wire.Answer> again = atOnce(appends);
        for (int i = 0; i < appends.size(); i++) {
          assertEquals(answers.get(i).status(), again.get(i).status());
        }
        Head head = taken.getFirst().as(TeamOnServer.HEAD);
        Commits.Page page =
            Wire.call(
                    Route.COMMITS,
                    rui.token,
                    "?after=" + (head.seq() - 1),
                    new byte[0],
                    team.id(),
                    vault)
                .as(Commits.Page.CODEC);
        assertEquals(head, page.head());
        assertEquals(1, page.bundles().size());
        team.caughtUp(vault, head);
      }
    }

    private List<Wire.Answer> atOnce(List<Commits.Append> appends) throws Exception {
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Wire.Answer>> running = new ArrayList<>();
        for (Commits.Append append : appends) {
          running.add(executor.submit(() -> CommitsTest.this.send(append)));
        }
        List<Wire.Answer> answers = new ArrayList<>();
        for (Future<Wire.Answer> answer : running) {
          answers.add(answer.get());
        }
        return answers;
      }
    }

    @Test
    void isRefusedAContentOfAnotherVault() throws Exception {
      VaultId other = team.vault(team.owner);
      BlobId elsewhere = team.upload(team.owner, other, new byte[10]);
      send(team.commit(rui, vault, put(elsewhere))).is(Problem.UNKNOWN_BLOB);
    }

    @Test
    void isRefusedAnIncompleteContent() {
      BlobId half = new BlobId(Actor.random(16));
      team.begin(rui, vault, new UploadId(Actor.random(16)), new Uploads.Blob(half, 10));
      send(team.commit(rui, vault, put(half))).is(Problem.UNKNOWN_BLOB);
    }

    @Test
    void isRefusedWithoutABundleForEveryRecipient() {
      Commits.Append whole = team.commit(rui, vault, put(blob));
      List<Bundle> fewer = whole.bundles().subList(1, whole.bundles().size());
      List<SignedBytes> channels =
          whole.channels().stream()
              .filter(c -> fewer.stream().anyMatch(b -> b.channel().equals(c.hash(Label.CHANNEL))))
              .toList();
      send(new Commits.Append(whole.commit(), whole.records(), fewer, channels))
          .is(Problem.WRONG_RECIPIENTS);
    }

    @Test
    void isRefusedABundleForAnybodyElse() throws Exception {
      Actor stranger = team.member("stranger");
      VaultId theirs = team.vault(stranger);
      Commits.Append whole = team.commit(rui, vault, put(blob));
      SignedBytes channel =
          team.channel(
              rui, vault, Objects.requireNonNull(team.state.recipients(theirs).get(stranger.id)));
      List<Bundle> more = new ArrayList<>(whole.bundles());
      more.add(
          new Bundle(stranger.id, channel.hash(Label.CHANNEL), whole.bundles().getFirst().runs()));
      List<SignedBytes> channels = new ArrayList<>(whole.channels());
      channels.add(channel);
      send(new Commits.Append(whole.commit(), whole.records(), more, channels))
          .is(Problem.WRONG_RECIPIENTS);
    }

    @Test
    void isRefusedAnotherRecordThanTheSigned() {
      Commits.Append whole = team.commit(rui, vault, put(blob));
      List<Commits.SealedRecord> others =
          List.of(new Commits.SealedRecord(Bytes.of(new byte[256])));
      for (List<Commits.SealedRecord> records : List.of(others, List.<Commits.SealedRecord>of())) {
        send(new Commits.Append(whole.commit(), records, whole.bundles(), whole.channels()))
            .is(Problem.RULE_BROKEN);
      }
    }

    @Test
    void isRefusedATeamHeadBeforeTheLastChangeOfTheVault() throws Exception {
      Commits.Append old = team.commit(rui, vault, put(blob));
      team.member("eva", vault, VaultRole.VIEWER);
      send(old).is(Problem.STALE_TEAM);
    }

    @Test
    void isRefusedAChannelOfAnotherMembers() {
      Commits.Append whole = team.commit(rui, vault, put(blob));
      List<SignedBytes> channels = new ArrayList<>();
      List<Bundle> bundles = new ArrayList<>();
      for (Bundle bundle : whole.bundles()) {
        SignedBytes channel =
            team.channel(
                team.owner,
                vault,
                Objects.requireNonNull(team.state.recipients(vault).get(bundle.recipient())));
        channels.add(channel);
        bundles.add(new Bundle(bundle.recipient(), channel.hash(Label.CHANNEL), bundle.runs()));
      }
      send(new Commits.Append(whole.commit(), whole.records(), bundles, channels))
          .is(Problem.WRONG_RECIPIENTS);
    }
  }

  @Nested
  final class AManager {
    @Test
    void isAnsweredAPurgeOfMoreVersionsThanOneStatementTakes() {
      List<Change> purges = new ArrayList<>();
      for (int i = 0; i < 17; i++) {
        List<RevisionId> revisions = new ArrayList<>();
        for (int k = 0; k < 4096; k++) {
          revisions.add(new RevisionId(Actor.random(16)));
        }
        purges.add(new Change.Purge(new FileId(Actor.random(16)), revisions));
      }
      team.append(team.owner, vault, purges.toArray(Change[]::new)).is(Problem.RULE_BROKEN);
    }
  }

  @Nested
  final class AMemberWhoIsRemovedMeanwhile {
    @Test
    void getsNoWrapOfAnythingWrittenAfter() throws Exception {
      for (int round = 0; round < 12; round++) {
        Actor eva = team.member("eva", vault, VaultRole.VIEWER);
        Commits.Append append = team.commit(rui, vault, put(blob));
        Body.MemberRemove removal = team.removal(eva);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
          Future<Wire.Answer> commit = executor.submit(() -> CommitsTest.this.send(append));
          Future<Wire.Answer> remove = executor.submit(() -> team.tryPost(team.owner, removal));
          assertEquals(200, remove.get().status());
          Wire.Answer answer = commit.get();
          if (answer.status() == 200) {
            team.caughtUp(vault, answer.as(TeamOnServer.HEAD));
          } else {
            answer.is(Problem.STALE_TEAM);
          }
        }
        assertEquals(0, team.bundlesKeptFor(vault, eva));
        assertEquals(401, Wire.call(Route.COMMITS, eva.token, team.id(), vault).status());
        assertTrue(team.append(rui, vault, put(blob)).status() == 200);
      }
    }

    @Test
    void isWrappedForOnceTheyAreGranted() throws Exception {
      Actor eva = team.member("eva");
      for (int round = 0; round < 8; round++) {
        Commits.Append append = team.commit(rui, vault, put(blob));
        Body.Grant grant =
            new Body.Grant(eva.id, team.named(vault), VaultRole.VIEWER, Optional.empty());
        long before = team.head(vault).seq();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
          Future<Wire.Answer> commit = executor.submit(() -> CommitsTest.this.send(append));
          Future<Wire.Answer> granted = executor.submit(() -> team.tryPost(team.owner, grant));
          assertEquals(200, granted.get().status());
          Wire.Answer answer = commit.get();
          if (answer.status() == 200) {
            team.caughtUp(vault, answer.as(TeamOnServer.HEAD));
          } else {
            answer.is(Problem.STALE_TEAM);
            team.append(rui, vault, put(blob)).as(TeamOnServer.HEAD);
            assertTrue(team.bundlesKeptFor(vault, eva) > 0);
          }
        }
        assertTrue(team.head(vault).seq() > before);
        team.post(team.owner, new Body.Revoke(eva.id, team.named(vault), Body.Abandon.KEPT));
        assertEquals(0, team.bundlesKeptFor(vault, eva));
      }
    }
  }
}
