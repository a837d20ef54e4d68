package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.UnreadableFile;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.Wraps;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Recipient;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A server that gives true things in wrong places, leaves some out, and adds others.
class PlacesTest extends EvilTest {
  private static final RandomSource RANDOM = RandomSource.system();

  /// Commits that Eva has not seen.
  private static final int UNSEEN = 3;

  private void pages(UnaryOperator<Commits.Page> change) {
    evil.on(Route.COMMITS, Script.record(Commits.Page.class, change));
  }

  private static Commits.Page with(Commits.Page page, List<Commits.Item> items) {
    return new Commits.Page(items, page.bundles(), page.channels(), page.head());
  }

  private void assertRefused(Actor actor, Verdict verdict) throws CofreException {
    CofreException failure = assertThrows(CofreException.class, actor::list);
    assertEquals(verdict, Verdict.of(failure), failure::toString);
    assertThrows(CofreException.class, () -> actor.put("/letters/new.txt", "a new letter"));
    assertNothingSent();
  }

  private void assertHealed(Actor actor) throws CofreException {
    evil.honest();
    assertWhole(actor);
    soFarSoGood();
  }

  /// Name, place, times and size of a file are in its record; the record of another file, of another version, and of another vault.
  @Test
  @Tag("D01")
  @Tag("D02")
  @Tag("D12")
  void theRecordOfOneFileIsNotThatOfAnother() throws Exception {
    var shelf = world.shelf(play.company().vault());
    List<Bytes> others = new ArrayList<>();
    for (Commits.Item item : shelf.page(ana.member(), 0, 100).commits()) {
      item.records().forEach(record -> others.add(record.sealed()));
    }
    for (Commits.Item item : world.shelf(play.invoices()).page(ana.member(), 0, 100).commits()) {
      item.records().forEach(record -> others.add(record.sealed()));
    }
    assertTrue(others.size() > 8);
    for (Bytes other : others) {
      Actor eva = play.eva();
      pages(page ->
          with(
              page,
              page.commits().stream()
                  .map(item ->
                      Shelf.told(
                          item, (_, sealed) -> sealed.equals(other) ? sealed.slice(0, 0) : other))
                  .toList()));
      assertRefused(eva, Verdict.INTEGRITY);
      evil.honest();
    }
  }

  /// Every value in what was signed, changed: file ids, blobs, hashes, times, authors, places.
  @Test
  @Tag("D02")
  @Tag("D12")
  void nothingThatWasSignedCanBeChanged() throws Exception {
    Commits.Item example =
        world.shelf(play.company().vault()).page(ana.member(), 0, 100).commits().getLast();
    int leaves = Leaves.count(Node.read(example.commit().payload().toArray()));
    assertTrue(leaves > 12);
    for (int i = 0; i < leaves; i++) {
      int leaf = i;
      Actor eva = play.eva();
      pages(page -> with(page, lastChanged(page, leaf)));
      assertRefused(eva, Verdict.INTEGRITY);
      assertHealed(eva);
    }
  }

  private static List<Commits.Item> lastChanged(Commits.Page page, int leaf) {
    List<Commits.Item> items = new ArrayList<>(page.commits());
    Commits.Item last = items.removeLast();
    Node payload = Node.read(last.commit().payload().toArray());
    Bytes changed = Leaves.changed(payload, leaf).encode();
    items.add(
        new Commits.Item(new SignedBytes(changed, last.commit().signature()), last.records()));
    return items;
  }

  @Test
  @Tag("D05")
  @Tag("D06")
  void noCommitCanBeLeftOutRepeatedOrMoved() throws Exception {
    int count = UNSEEN;
    for (int i = 0; i < count - 1; i++) {
      int at = i;
      refused(items -> items.remove(at));
      refused(items -> items.add(at, items.get(at)));
      refused(items -> Collections.swap(items, at, at + 1));
    }
    refused(items -> items.addLast(items.getFirst()));
    for (Commits.Item old :
        world.shelf(play.company().vault()).page(ana.member(), 0, 3).commits()) {
      refused(items -> items.addLast(old)); // among them the put of what was deleted later
    }
  }

  private void refused(Consumer<List<Commits.Item>> change) throws Exception {
    Actor eva = play.eva();
    pages(page -> {
      List<Commits.Item> items = new ArrayList<>(page.commits());
      if (items.size() == UNSEEN) {
        change.accept(items);
      }
      return with(page, items);
    });
    assertRefused(eva, Verdict.INTEGRITY);
    assertHealed(eva);
  }

  /// What was deleted stays so for whoever has seen it, and for whoever has not the server can only say nothing of it.
  @Test
  @Tag("D06")
  void whatWasDeletedDoesNotComeBack() throws Exception {
    World before = world.past(4);
    ana.line().show(world, before);
    assertRefused(ana, Verdict.INTEGRITY);
    ana.line().show(world);
    Actor eva = play.eva();
    eva.line().show(world, before);
    assertRefused(eva, Verdict.INTEGRITY); // the log names what was hidden
    eva.line().show(world);
    assertHealed(eva);
    assertTrue(eva.list().stream().noneMatch("/letters/gone.txt"::equals));
  }

  /// A file by nobody, by a member who may only look, by one who was removed, and by an owner of another team.
  @Test
  @Tag("D08")
  @Tag("H03")
  void aFileIsThereOnlyIfAnEditorPutIt() throws Exception {
    Commits.SealedRecord record = Forgery.record();
    for (Identity signer : List.of(evil.ring().nobody(), play.zoe().twin(), play.mia().twin())) {
      for (long back = 0; back < 3; back++) {
        Head teamHead = headAt(world.state().head().seq() - back * 2);
        SignedBytes forged =
            Forgery.commit(
                world,
                play.company().vault(),
                world.shelf(play.company().vault()).head(),
                teamHead,
                signer,
                Forgery.put(record));
        evil.on(Route.COMMITS, Forgery.behindTheCommits(forged, record));
        for (Actor actor : List.of(ana, play.eva())) {
          assertRefused(actor, Verdict.INTEGRITY);
        }
        evil.honest();
      }
    }
    SignedBytes inAnasName =
        Forgery.commit(
            world,
            play.company().vault(),
            world.shelf(play.company().vault()).head(),
            world.state().head(),
            ana.twin(),
            evil.ring().nobody(),
            Forgery.put(record));
    evil.on(Route.COMMITS, Forgery.behindTheCommits(inAnasName, record));
    assertRefused(ana, Verdict.INTEGRITY);
    assertHealed(ana);
  }

  private Head headAt(long seq) {
    return new Head(seq, world.log().get((int) seq).hash());
  }

  /// Anything stored, in the place of anything signed.
  @Test
  @Tag("D10")
  void noCiphertextPassesForAHistory() throws Exception {
    List<Bytes> stored = new ArrayList<>();
    world.blobs().values().forEach(blob -> stored.add(Bytes.of(blob)));
    for (Commits.Item item :
        world.shelf(play.company().vault()).page(ana.member(), 0, 100).commits()) {
      stored.add(item.commit().payload());
      item.records().forEach(sealed -> stored.add(sealed.sealed()));
    }
    for (Bytes bytes : stored) {
      SignedBytes forged = evil.ring().nobody().sign(Label.COMMIT, bytes.toArray());
      for (SignedBytes each : List.of(forged, new SignedBytes(bytes, RANDOM.bytes(64)))) {
        evil.on(Route.COMMITS, Forgery.behindTheCommits(each));
        evil.on(Route.LOG, Forgery.behindTheLog(each));
        assertRefused(ana, Verdict.INTEGRITY);
        evil.honest();
      }
    }
    assertHealed(ana);
  }

  /// The history of one vault under the name of another.
  @Test
  @Tag("D12")
  void theHistoryOfOneVaultIsNotThatOfAnother() throws Exception {
    Actor eva = play.eva();
    var invoices = world.shelf(play.invoices());
    var reader = eva.member();
    evil.on(
        Route.COMMITS,
        (request, _) -> {
          long after = Long.parseLong(request.query("after").orElseThrow());
          return Answer.cbor(
              Commits.Page.CODEC.encode(invoices.page(reader, Math.min(after, 1), 100)));
        });
    assertThrows(CofreException.class, eva::list);
    assertThrows(CofreException.class, () -> ana.inVault(vault -> vault.head()));
    assertNothingSent();
    assertHealed(eva);
  }

  /// An editor gives one member another key than the others, properly wrapped.
  @Test
  @Tag("B18")
  void aKeyThatIsNotTheRecordsIsNoKey() throws Exception {
    Actor eva = play.eva();
    Actor rui = play.rui();
    Recipient recipient = world.state().recipients(play.company().vault()).get(eva.member());
    Identity twin = rui.twin();
    evil.on(
        Route.COMMITS,
        Script.record(Commits.Page.class, page -> wrappedOtherwise(page, recipient, twin)));
    evil.on(
        Route.BUNDLES,
        Script.record(
            Commits.BundlePage.class,
            page -> new Commits.BundlePage(List.of(), List.of(), page.through())));
    assertTrue(eva.list().stream().noneMatch("/letters/of-rui.txt"::equals));
    assertEquals("a letter of Eva's", eva.read("/letters/of-eva.txt"));
    List<UnreadableFile> unreadable = eva.inVault(vault -> vault.unreadable());
    assertEquals(1, unreadable.size());
    assertEquals(rui.member(), unreadable.getFirst().author());
    evil.honest();
    assertWhole(eva);
  }

  private Commits.Page wrappedOtherwise(Commits.Page page, Recipient recipient, Identity author) {
    try {
      List<Bundle> bundles = new ArrayList<>(page.bundles());
      List<SignedBytes> channels = new ArrayList<>(page.channels());
      for (Commits.Item item : page.commits()) {
        Commit commit = Commit.read(item.commit()).value();
        if (commit.author().equals(author.member())) {
          Change.Put put = commit.puts().getFirst();
          try (SecretBytes other = RANDOM.secret(32);
              Channels.End channel =
                  Channels.make(
                      author, world.state().id(), play.company().vault(), recipient, RANDOM)) {
            Bytes wrap =
                Wraps.wrap(channel.secret(), channel.id(), put.revision(), put.record(), other);
            bundles.removeIf(
                bundle -> bundle.runs().stream().anyMatch(run -> run.seq() == commit.seq()));
            bundles.add(
                new Bundle(
                    recipient.member(),
                    channel.id(),
                    List.of(new Bundle.Run(commit.seq(), 0, wrap))));
            channels.add(channel.bytes());
          }
        }
      }
      return new Commits.Page(page.commits(), bundles, channels, page.head());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
