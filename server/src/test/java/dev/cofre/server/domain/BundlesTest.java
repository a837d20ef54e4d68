package dev.cofre.server.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import dev.cofre.server.Actor;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.TestServer;
import dev.cofre.server.store.BundleRow;
import dev.cofre.server.store.BundleRows;
import dev.cofre.server.store.CommitRows;
import dev.cofre.server.store.RevisionRows;
import dev.cofre.server.store.Transactions;
import dev.cofre.server.store.UnusableRows;
import dev.cofre.server.store.VaultRows;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Wraps of more commits than are to be in memory at once.
final class BundlesTest {
  private static final int PUTS = Commit.MAX_CHANGES;
  private static final int BIG = 1 + (int) (Bundles.AT_ONCE / (PUTS * Bundle.WRAP_LENGTH));

  private final WatchedBundles watched = new WatchedBundles(TestServer.bean(BundleRows.class));
  private final Bundles bundles =
      new Bundles(
          watched.rows(),
          TestServer.bean(VaultRows.class),
          TestServer.bean(CommitRows.class),
          TestServer.bean(Channels.class),
          TestServer.bean(TeamStates.class),
          TestServer.bean(Rights.class),
          TestServer.bean(Turns.class),
          TestServer.bean(Transactions.class));

  private static Commits.Bundles wraps(SignedBytes channel, Actor to, int count, List<Long> seqs) {
    Bytes wraps = Actor.random(count * Bundle.WRAP_LENGTH);
    List<Bundle> all =
        seqs.stream()
            .map(seq ->
                new Bundle(
                    to.id, channel.hash(Label.CHANNEL), List.of(new Bundle.Run(seq, 0, wraps))))
            .toList();
    return new Commits.Bundles(all, List.of(channel));
  }

  @Test
  void areReplacedAndLookedThroughAFewCommitsAtATime() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    VaultId vault = team.vault(team.owner);
    BlobId blob = team.upload(team.owner, vault, new byte[10]);
    for (int i = 0; i < BIG; i++) {
      Change[] puts =
          Stream.generate(
                  () -> TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob))
              .limit(PUTS)
              .toArray(Change[]::new);
      team.append(team.owner, vault, puts).as(TeamOnServer.HEAD);
    }
    List<Long> seqs = LongStream.rangeClosed(2, BIG + 1).boxed().toList();
    Actor ana = team.member("ana", vault, VaultRole.VIEWER);
    SignedBytes[] channels = new SignedBytes[2];
    for (int i = 0; i < channels.length; i++) {
      channels[i] =
          team.channel(
              team.owner,
              vault,
              Optional.ofNullable(team.state.recipients(vault).get(ana.id)).orElseThrow());
    }
    TestServer.bean(Bundles.class)
        .add(team.id(), vault, team.owner.id, wraps(channels[0], ana, PUTS, seqs));
    bundles.add(team.id(), vault, team.owner.id, wraps(channels[1], ana, 1, seqs));
    assertTrue(watched.most() > 0 && watched.most() <= Bundles.AT_ONCE, () -> "" + watched.most());
    List<BundleRow> kept =
        TestServer.bean(BundleRows.class)
            .range(team.id().value(), vault.value(), ana.id.value(), 2, BIG + 1);
    assertEquals(
        seqs.stream().flatMap(seq -> Stream.of(seq, seq)).toList(),
        kept.stream().map(BundleRow::seq).toList());
    assertEquals(
        seqs.stream().flatMap(_ -> Stream.of(PUTS - 1, 1)).toList(),
        kept.stream().map(BundleRow::wraps).toList());
    assertEquals(2 * BIG, kept.stream().map(BundleRow::number).distinct().count());
    MissingWraps missing =
        new MissingWraps(
            TestServer.bean(VaultRows.class),
            watched.rows(),
            TestServer.bean(RevisionRows.class),
            TestServer.bean(UnusableRows.class));
    assertEquals(
        List.of(new Commits.Lack(ana.id, 1, 1)), missing.of(team.state, vault).recipients());
    assertTrue(watched.most() <= Bundles.AT_ONCE, () -> "" + watched.most());
  }
}
