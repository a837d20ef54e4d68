package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Recipient;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Change;
import dev.cofre.server.Actor;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Wraps: who adds them for whom, what the server says is missing, and what nobody can do to another's.
final class WrapsTest {
  private TeamOnServer team;
  private VaultId vault;
  private Actor rui;
  private Actor ana;

  @BeforeEach
  void aVaultWithThreeCommitsAndANewcomer() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
    rui = team.member("rui", vault, VaultRole.EDITOR);
    put(2);
    put(3);
    ana = team.member("ana", vault, VaultRole.VIEWER);
  }

  private List<Change> put(int files) {
    BlobId blob = team.upload(team.owner, vault, new byte[10]);
    List<Change> puts = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      puts.add(TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob));
    }
    team.append(team.owner, vault, puts.toArray(Change[]::new)).as(TeamOnServer.HEAD);
    return puts;
  }

  private Recipient recipient(Actor who) {
    return Optional.ofNullable(team.state.recipients(vault).get(who.id)).orElseThrow();
  }

  private static Bundle.Run run(long seq, int first, int count, int fill) {
    byte[] wraps = new byte[count * Bundle.WRAP_LENGTH];
    java.util.Arrays.fill(wraps, (byte) fill);
    return new Bundle.Run(seq, first, Bytes.of(wraps));
  }

  private static Bundle bundle(Actor to, SignedBytes channel, Bundle.Run... runs) {
    return new Bundle(to.id, channel.hash(Label.CHANNEL), List.of(runs));
  }

  private Wire.Answer add(Actor who, List<SignedBytes> channels, Bundle... bundles) {
    byte[] body = Commits.Bundles.CODEC.encode(new Commits.Bundles(List.of(bundles), channels));
    return Wire.call(Route.ADD_BUNDLES, who.token, "", body, team.id(), vault);
  }

  private List<Commits.Lack> missing() {
    return Wire.call(Route.MISSING, rui.token, team.id(), vault)
        .as(Commits.Missing.CODEC)
        .recipients();
  }

  private List<Commits.Lack> lacks(Actor who) {
    return missing().stream().filter(lack -> lack.recipient().equals(who.id)).toList();
  }

  private Optional<Long> missingOf(Actor who) {
    return lacks(who).stream().map(Commits.Lack::from).findFirst();
  }

  private Commits.BundlePage bundlesOf(Actor who, long from, long to) {
    return Wire.call(
            Route.BUNDLES, who.token, "?from=" + from + "&to=" + to, new byte[0], team.id(), vault)
        .as(Commits.BundlePage.CODEC);
  }

  private Commits.Page pageOf(Actor who) {
    return Wire.call(Route.COMMITS, who.token, team.id(), vault).as(Commits.Page.CODEC);
  }

  private static long wraps(List<Bundle> bundles, SignedBytes channel) {
    Hash id = channel.hash(Label.CHANNEL);
    return bundles.stream().filter(b -> b.channel().equals(id)).mapToInt(Bundle::wraps).sum();
  }

  private Wire.Answer unusable(Actor who, long... seqs) {
    List<Commits.Place> places = LongStream.of(seqs).mapToObj(Commits.Place::new).toList();
    byte[] body = Commits.Unusable.CODEC.encode(new Commits.Unusable(places));
    return Wire.call(Route.UNUSABLE_WRAPS, who.token, "", body, team.id(), vault);
  }

  @Nested
  final class ARecipient {
    private SignedBytes channel;

    @BeforeEach
    void whoHasAllWraps() {
      channel = team.channel(rui, vault, recipient(ana));
      add(
              rui,
              List.of(channel),
              bundle(ana, channel, run(1, 0, 1, 0), run(2, 0, 2, 0), run(3, 0, 3, 0)))
          .isDone();
      assertEquals(List.of(), lacks(ana));
    }

    @Test
    void isSentAgainWhatOpensNothingAndKeepsWhatThereIs() {
      unusable(ana, 1, 3).isDone();
      assertEquals(
          List.of(new Commits.Lack(ana.id, 1, 1), new Commits.Lack(ana.id, 3, 3)), lacks(ana));
      assertEquals(6, wraps(bundlesOf(ana, 1, 3).bundles(), channel));
      add(rui, List.of(), bundle(ana, channel, run(1, 0, 1, 9))).isDone();
      assertEquals(List.of(new Commits.Lack(ana.id, 3, 3)), lacks(ana));
      add(rui, List.of(), bundle(ana, channel, run(3, 0, 3, 9))).isDone();
      assertEquals(List.of(), lacks(ana));
    }

    @Test
    void speaksOnlyForItself() {
      assertEquals(List.of(new Commits.Lack(rui.id, 1, 1)), lacks(rui));
      unusable(rui, 2).isDone();
      assertEquals(List.of(new Commits.Lack(rui.id, 1, 2)), lacks(rui));
      assertEquals(List.of(), lacks(ana));
    }

    @Test
    void cannotSpeakOfWhatItDoesNotHave() {
      unusable(ana, 4, 1L << 40).isDone();
      assertEquals(List.of(), lacks(ana));
    }
  }

  @Nested
  final class AnEditor {
    @Test
    void sharesThePastWithANewcomer() {
      SignedBytes channel = team.channel(rui, vault, recipient(ana));
      assertEquals(Optional.of(1L), missingOf(ana));
      add(rui, List.of(channel), bundle(ana, channel, run(1, 0, 1, 0), run(2, 0, 2, 0))).isDone();
      assertEquals(Optional.of(3L), missingOf(ana));
      add(rui, List.of(), bundle(ana, channel, run(3, 0, 3, 0))).isDone();
      assertEquals(Optional.empty(), missingOf(ana));
      Commits.BundlePage page = bundlesOf(ana, 1, 3);
      assertEquals(3, page.through());
      assertEquals(6, wraps(page.bundles(), channel));
      assertEquals(List.of(channel), page.channels());
      assertEquals(6, wraps(pageOf(ana).bundles(), channel));
    }

    @Test
    void hidesNoGapByWrappingTwice() {
      SignedBytes channel = team.channel(rui, vault, recipient(ana));
      for (int i = 0; i < 3; i++) {
        add(
                rui,
                i == 0 ? List.of(channel) : List.of(),
                bundle(ana, channel, run(1, 0, 1, i), run(2, 0, 2, i), run(3, 0, 2, i)))
            .isDone();
      }
      assertEquals(Optional.of(3L), missingOf(ana));
      add(rui, List.of(), bundle(ana, channel, run(3, 2, 1, 9))).isDone();
      assertEquals(Optional.empty(), missingOf(ana));
    }

    @Test
    void needNotWrapWhatIsPurged() throws Exception {
      FileId file = new FileId(Actor.random(16));
      BlobId blob = team.upload(team.owner, vault, new byte[10]);
      Change.Put old = TeamOnServer.put(file, Optional.empty(), blob);
      team.append(team.owner, vault, old).as(TeamOnServer.HEAD);
      team.append(team.owner, vault, TeamOnServer.put(file, Optional.of(old.revision()), blob))
          .as(TeamOnServer.HEAD);
      team.append(team.owner, vault, new Change.Purge(file, List.of(old.revision())))
          .as(TeamOnServer.HEAD);
      Actor eva = team.member("eva", vault, VaultRole.VIEWER);
      SignedBytes channel = team.channel(rui, vault, recipient(eva));
      add(
              rui,
              List.of(channel),
              bundle(
                  eva, channel, run(1, 0, 1, 0), run(2, 0, 2, 0), run(3, 0, 3, 0), run(5, 0, 1, 0)))
          .isDone();
      assertEquals(Optional.empty(), missingOf(eva));
      put(1);
      assertEquals(Optional.empty(), missingOf(eva));
    }

    @Test
    void replacesOnlyWhatTheyWrappedThemselves() {
      SignedBytes first = team.channel(rui, vault, recipient(team.owner));
      SignedBytes second = team.channel(rui, vault, recipient(team.owner));
      long real = bundlesOf(team.owner, 1, 3).bundles().stream().mapToInt(Bundle::wraps).sum();
      add(rui, List.of(first), bundle(team.owner, first, run(2, 0, 2, 1))).isDone();
      add(rui, List.of(second), bundle(team.owner, second, run(2, 1, 1, 2))).isDone();
      List<Bundle> now = bundlesOf(team.owner, 1, 3).bundles();
      assertEquals(1, wraps(now, first));
      assertEquals(1, wraps(now, second));
      assertEquals(real + 2, now.stream().mapToInt(Bundle::wraps).sum());
    }

    @Test
    void pushesNobodysWrapsOutOfTheAnswers() {
      List<Bundle> real = bundlesOf(team.owner, 1, 3).bundles();
      SignedBytes channel = team.channel(rui, vault, recipient(team.owner));
      Bundle[] junk = new Bundle[10_000];
      java.util.Arrays.fill(junk, bundle(team.owner, channel, run(1, 0, 1, 7)));
      for (int i = 0; i < 3; i++) {
        add(rui, i == 0 ? List.of(channel) : List.of(), junk).isDone();
      }
      List<Bundle> page = pageOf(team.owner).bundles();
      assertTrue(page.containsAll(real));
      assertEquals(real.size() + 1, page.size());
      assertTrue(bundlesOf(team.owner, 1, 1).bundles().containsAll(real.subList(0, 1)));
    }

    @Test
    void makesNoAnswerTooLongByChannels() {
      List<Bundle> real = bundlesOf(team.owner, 1, 3).bundles();
      List<SignedBytes> channels = new ArrayList<>();
      List<Bundle> bundles = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        SignedBytes channel = team.channel(rui, vault, recipient(team.owner));
        channels.add(channel);
        bundles.add(bundle(team.owner, channel, run(3, i % 3, 1, i)));
      }
      add(rui, channels, bundles.toArray(Bundle[]::new)).isDone();
      Commits.Page page = pageOf(team.owner);
      assertTrue(page.bundles().containsAll(real));
      assertTrue(page.channels().size() <= 3 + 4, () -> page.channels().size() + " channels");
    }

    @Test
    void isRefusedWrapsOverAnothersChannel() {
      SignedBytes theirs = team.channel(team.owner, vault, recipient(ana));
      add(rui, List.of(theirs), bundle(ana, theirs, run(1, 0, 1, 0))).is(Problem.WRONG_RECIPIENTS);
      add(team.owner, List.of(theirs), bundle(ana, theirs, run(1, 0, 1, 0))).isDone();
      add(rui, List.of(), bundle(ana, theirs, run(1, 0, 1, 9))).is(Problem.WRONG_RECIPIENTS);
    }

    @Test
    void isRefusedAChannelThatNoBundleUses() {
      SignedBytes used = team.channel(rui, vault, recipient(ana));
      SignedBytes idle = team.channel(rui, vault, recipient(ana));
      add(rui, List.of(used, idle), bundle(ana, used, run(1, 0, 1, 0)))
          .is(Problem.WRONG_RECIPIENTS);
    }

    @Test
    void isRefusedAChannelWithAForgedSignature() {
      SignedBytes channel = team.channel(rui, vault, recipient(ana));
      SignedBytes forged = new SignedBytes(channel.payload(), Bytes.zeros(64));
      add(rui, List.of(forged), bundle(ana, forged, run(1, 0, 1, 0))).is(Problem.WRONG_RECIPIENTS);
    }

    @Test
    void isRefusedWrapsOfWhatIsNotThere() {
      SignedBytes channel = team.channel(rui, vault, recipient(ana));
      for (Bundle.Run run : List.of(run(4, 0, 1, 0), run(3, 3, 1, 0), run(1, 0, 2, 0))) {
        add(rui, List.of(channel), bundle(ana, channel, run)).is(Problem.RULE_BROKEN);
      }
    }

    @Test
    void asksOnWhereAnAnswerEnds() throws Exception {
      Actor eva = team.member("eva", vault, VaultRole.EDITOR);
      List<Bundle> big = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        BlobId blob = team.upload(team.owner, vault, new byte[10]);
        Change[] puts = new Change[1000];
        for (int k = 0; k < puts.length; k++) {
          puts[k] = TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob);
        }
        team.append(team.owner, vault, puts).as(TeamOnServer.HEAD);
      }
      SignedBytes mine = team.channel(eva, vault, recipient(ana));
      SignedBytes theirs = team.channel(rui, vault, recipient(ana));
      for (long seq : LongStream.rangeClosed(4, 23).toArray()) {
        big.add(bundle(ana, mine, run(seq, 0, 1000, 1)));
      }
      for (Bundle bundle : big) {
        add(eva, bundle.equals(big.getFirst()) ? List.of(mine) : List.of(), bundle).isDone();
        Bundle same = bundle(ana, theirs, bundle.runs().getFirst());
        add(rui, bundle.equals(big.getFirst()) ? List.of(theirs) : List.of(), same).isDone();
      }
      List<Long> seen = new ArrayList<>();
      for (long from = 4; from <= 23; ) {
        Commits.BundlePage page = bundlesOf(ana, from, 23);
        assertTrue(page.through() >= from);
        page.bundles().forEach(b -> seen.add(b.runs().getFirst().seq()));
        from = page.through() + 1;
      }
      assertEquals(60, seen.size());
    }
  }

  @Nested
  final class AFormerEditor {
    @Test
    void wrapsForNobody() throws Exception {
      SignedBytes channel = team.channel(rui, vault, recipient(ana));
      team.post(
          team.owner,
          new Body.Grant(rui.id, team.named(vault), VaultRole.VIEWER, Optional.empty()));
      add(rui, List.of(channel), bundle(ana, channel, run(1, 0, 1, 0))).is(Problem.NOT_ALLOWED);
    }
  }

  @Nested
  final class AMemberWhoComesBack {
    @Test
    void lacksWhatWasTakenAway() throws Exception {
      assertEquals(Optional.empty(), missingOf(rui).filter(seq -> seq > 1));
      SignedBytes channel = team.channel(rui, vault, recipient(ana));
      add(
              rui,
              List.of(channel),
              bundle(ana, channel, run(1, 0, 1, 0), run(2, 0, 2, 0), run(3, 0, 3, 0)))
          .isDone();
      assertEquals(Optional.empty(), missingOf(ana));
      team.post(team.owner, new Body.Revoke(ana.id, team.named(vault), Body.Abandon.KEPT));
      team.post(
          team.owner,
          new Body.Grant(ana.id, team.named(vault), VaultRole.VIEWER, Optional.empty()));
      assertEquals(Optional.of(1L), missingOf(ana));
      assertEquals(List.of(), pageOf(ana).bundles());
    }
  }

  @Nested
  final class AMemberWhoIsRemoved {
    @Test
    void leavesWrapsInNoVault() throws Exception {
      VaultId other = team.vault(team.owner);
      team.post(
          team.owner,
          new Body.Grant(rui.id, team.named(other), VaultRole.VIEWER, Optional.empty()));
      BlobId blob = team.upload(team.owner, other, new byte[10]);
      team.append(
              team.owner,
              other,
              TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob))
          .as(TeamOnServer.HEAD);
      assertEquals(2, team.bundlesKeptFor(vault, rui));
      assertEquals(1, team.bundlesKeptFor(other, rui));
      team.post(team.owner, team.removal(rui));
      assertEquals(0, team.bundlesKeptFor(vault, rui));
      assertEquals(0, team.bundlesKeptFor(other, rui));
      assertEquals(3, team.bundlesKeptFor(vault, team.owner));
    }
  }
}
