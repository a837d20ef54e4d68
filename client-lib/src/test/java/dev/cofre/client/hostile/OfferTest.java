package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.report.Progress;
import dev.cofre.client.report.Renewal;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.vault.Commit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A commit was on its way for somebody who had just lost the right: it gave a content key away. What is committed afterwards is sealed
/// under another.
@Tag("H02")
class OfferTest extends EvilTest {
  private static final String LARGE =
      "a long letter ".repeat(100_000); // travels as an object of its own

  private Actor eva;
  private Actor rui;
  private MemberId removed;

  @BeforeEach
  void look() throws Exception {
    eva = play.eva();
    rui = play.rui();
    removed = rui.member();
    eva.list();
    soFarSoGood();
  }

  @Test
  @Tag("H01")
  void aContentIsSealedAgainWhenSomebodyWentMeanwhile() throws Exception {
    removeBeforeTheNextCommitOf(eva);
    eva.put("/letters/new.txt", "not for Rui");
    List<Exchange> commits = evil.transcript(Route.APPEND_COMMIT);
    assertEquals(2, commits.size());
    assertFalse(commits.getFirst().honest().success());
    assertSealedAgain();
    concedeTheFirstAttempt();
    assertEquals("not for Rui", ana.read("/letters/new.txt"));
    assertThrows(CofreException.class, rui::list);
  }

  @Test
  void soIsOneThatIsBeingSealedAgain() throws Exception {
    ana.list();
    removeBeforeTheNextCommitOf(eva);
    Renewal renewal = eva.inVault(vault -> vault.reencrypt(Renewal.NOTHING_YET, 1, Progress.NONE));
    assertTrue(renewal.failed().isEmpty());
    assertSealedAgain();
    concedeTheFirstAttempt();
    assertWhole(ana);
  }

  /// The answer to the commit of a large content is lost with the commit, and Rui goes before the upload is gone on with.
  @Test
  void soIsOneWhoseUploadIsGoneOnWithLater() throws Exception {
    loseTheCommit();
    play.company().oracles().concede();
    ana.run(cofre -> cofre.team().remove(removed, Set.of()));
    eva.put("/letters/new.txt", LARGE);
    assertSealedAgain();
    assertEquals(LARGE, ana.read("/letters/new.txt"));
  }

  @Test
  void anUploadIsGoneOnWithWhenNobodyWent() throws Exception {
    loseTheCommit();
    eva.put("/letters/new.txt", LARGE);
    List<Exchange> commits = evil.transcript(Route.APPEND_COMMIT);
    assertEquals(blob(commits.getFirst()), blob(commits.getLast()));
    assertNotEquals(commits.getFirst(), commits.getLast());
  }

  private void removeBeforeTheNextCommitOf(Actor actor) {
    actor.line().beforeNextCommit(() -> ana.run(cofre -> cofre.team().remove(removed, Set.of())));
  }

  /// The server takes the commit to a world that is forgotten at once, and is not heard of.
  private void loseTheCommit() throws Exception {
    eva.line()
        .beforeNextCommit(() -> {
          eva.line().show(world.copy());
          evil.on(new Script.Rule(_ -> true, Script.always(Answer.hangUp())));
        });
    assertThrows(Unreachable.class, () -> eva.put("/letters/new.txt", LARGE));
    evil.honest();
    eva.line().show(world);
  }

  private void assertSealedAgain() throws Exception {
    List<Exchange> commits = evil.transcript(Route.APPEND_COMMIT);
    BlobId offered = blob(commits.getFirst());
    BlobId committed = blob(commits.getLast());
    evil.ring().add(rui.twin());
    List<String> opened =
        new Adversary(evil).opened().stream().map(Adversary.Opened::what).toList();
    assertTrue(opened.contains("a content: " + offered), opened::toString);
    assertFalse(opened.contains("a content: " + committed), opened::toString);
    assertTrue(
        append(commits.getLast()).bundles().stream().noneMatch(b -> b.recipient().equals(removed)));
  }

  /// It was for Rui, who was a member then. Nothing that came later is.
  private void concedeTheFirstAttempt() {
    play.company().oracles().concede(evil.transcript(Route.APPEND_COMMIT).getFirst());
  }

  private static Commits.Append append(Exchange exchange) throws MalformedException {
    return Commits.Append.CODEC.decode(exchange.request().body().toArray());
  }

  private static Commit commit(Exchange exchange) throws MalformedException {
    return Commit.read(append(exchange).commit()).value();
  }

  private static BlobId blob(Exchange exchange) throws MalformedException {
    return commit(exchange).puts().getFirst().blob().orElseThrow();
  }
}
