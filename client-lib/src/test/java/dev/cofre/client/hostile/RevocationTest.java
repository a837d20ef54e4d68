package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.CommitLine;
import dev.cofre.client.RemovalReport;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Stopped;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.report.Progress;
import dev.cofre.client.report.Renewal;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.vault.Commit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whose right has ended, alone and with the server on their side.
class RevocationTest extends EvilTest {
  /// Eva's device has not been in touch since before Mia was removed, and the server has Mia's keys.
  @Test
  @Tag("H01")
  @Tag("E08")
  void aDeviceThatLagsBehindWritesNothingForWhoIsGone() throws Exception {
    evil.ring().add(play.mia().twin());
    Actor eva = play.eva();
    eva.put("/letters/new.txt", "not for Mia");
    eva.put("/letters/of-mia.txt", "nor this, although it was hers");
    eva.inVault(vault -> vault.move("/letters/first.txt", "/letters/moved.txt"));
    assertEquals("not for Mia", ana.read("/letters/new.txt"));
  }

  private void remove(MemberId member) throws CofreException {
    ana.run(cofre -> cofre.team().remove(member, Set.of()));
  }

  /// The server hides the removal from Eva for a while. What she writes then is for Rui too, and everybody is told.
  @Test
  @Tag("H02")
  void whatWasWrittenBeforeItsAuthorKnewIsShownAsSuch() throws Exception {
    Actor eva = play.eva();
    eva.list();
    MemberId removed = play.rui().member();
    World hidden = world.copy();
    remove(removed);
    eva.line().show(hidden);
    eva.put("/letters/new.txt", "written before Eva knew");
    ana.line().show(world, hidden);
    List<CommitLine> log = ana.inVault(vault -> vault.log(0));
    assertEquals(CommitLine.Knowledge.BEFORE_A_REMOVAL, log.getLast().knowledge());
    assertEquals(CommitLine.Knowledge.CURRENT, log.get(log.size() - 2).knowledge());
  }

  /// A commit that Mia made and kept when she still might, upon the head of then and upon each that came later.
  @Test
  @Tag("H03")
  @Tag("H04")
  void whatWasSignedInAdvanceIsWorthlessAfterwards() throws Exception {
    Identity mia = play.mia().twin();
    Commits.SealedRecord record = Forgery.record();
    long removal = entryOf(Body.MemberRemove.class);
    Head knew = headAt(removal - 1);
    List<Signed<Commit>> commits = world.shelf(play.company().vault()).commits();
    for (int upon = commits.size() - 4; upon < commits.size(); upon++) {
      Head head = new Head(commits.get(upon).value().seq(), commits.get(upon).hash());
      SignedBytes kept =
          Forgery.commit(world, play.company().vault(), head, knew, mia, Forgery.put(record));
      evil.on(Route.COMMITS, Forgery.behindTheCommits(kept, record));
      for (Actor actor : List.of(ana, play.eva(), play.rui())) {
        CofreException told = assertThrows(CofreException.class, actor::list);
        assertEquals(Verdict.INTEGRITY, Verdict.of(told));
      }
      evil.honest();
    }
    for (Signed<Commit> old : commits) {
      if (old.value().author().equals(mia.member())) {
        evil.on(Route.COMMITS, Forgery.behindTheCommits(old.bytes(), record));
        assertThrows(CofreException.class, ana::list);
        evil.honest();
      }
    }
    assertWhole(ana);
    assertEquals(Stage.OF_MIA, ana.read("/letters/of-mia.txt")); // earlier ones stand
  }

  private long entryOf(Class<?> body) {
    return world.log().stream()
        .map(Signed::value)
        .filter(entry -> body.isInstance(entry.body()))
        .reduce((_, last) -> last)
        .map(Entry::seq)
        .orElseThrow();
  }

  private Head headAt(long seq) {
    return new Head(seq, world.log().get((int) seq).hash());
  }

  /// Mia's join once more, her own device once more, and an entry that she signed.
  @Test
  @Tag("H05")
  void nobodyComesBackByWhatOnceWasTrue() throws Exception {
    Identity mia = play.mia().twin();
    for (Signed<Entry> old : world.log()) {
      if (old.value().author().equals(mia.member())) {
        evil.on(Route.LOG, Forgery.behindTheLog(old.bytes()));
        assertHardStop(ana);
        evil.honest();
        evil.on(Route.LOG, Forgery.behindTheLog(Forgery.entry(world, mia, old.value().body())));
        assertHardStop(ana);
        evil.honest();
      }
    }
    assertThrows(Refused.class, play.mia()::list);
    assertWhole(ana);
  }

  private static Renewal sealAgain(Vault vault) throws CofreException {
    return vault.reencrypt(Renewal.NOTHING_YET, 100, Progress.NONE);
  }

  /// How many contents are under fresh keys then.
  private long removeAndSealAgain(MemberId removed) throws CofreException {
    long fresh = 0;
    for (VaultId vault : ana.run(cofre -> cofre.team().remove(removed, Set.of())).vaults()) {
      fresh += ana.run(cofre -> sealAgain(cofre.vault(vault.hex()))).fresh();
    }
    return fresh;
  }

  @Test
  @Tag("H06")
  void aRemovalSaysWhatItDoesNotUndo() throws Exception {
    MemberId removed = play.rui().member();
    RemovalReport kept = ana.run(cofre -> cofre.team().remove(removed, Set.of()));
    assertEquals(7, kept.versionsTotal()); // also of what was deleted
  }

  @Test
  @Tag("H06")
  @Tag("B03")
  void contentsSealedAgainAreOutOfReachOfWhoIsGone() throws Exception {
    Actor rui = play.rui();
    evil.ring().add(rui.twin());
    MemberId removed = rui.member();
    assertEquals(5, removeAndSealAgain(removed));
    assertWhole(ana);
    assertWhole(play.eva());
  }

  /// What a member gives away on their own cannot be prevented; what they do by the team's means is there for all to see.
  @Test
  @Tag("H07")
  void whoLetSomebodyInStandsInTheLog() throws Exception {
    MemberId zoe = play.zoe().member();
    ana.inVault(vault -> {
      vault.grant(zoe, VaultRole.EDITOR, Optional.empty());
      return vault;
    });
    for (Actor actor : List.of(play.eva(), play.rui())) {
      var last = actor.run(cofre -> cofre.team().entries()).getLast();
      assertEquals("Ana", last.authorName());
      assertTrue(last.toString().contains(zoe.hex()), last::toString);
    }
  }

  @Test
  @Tag("H10")
  void theLastOwnerStaysAndNobodyTakesOver() throws Exception {
    MemberId anas = ana.member();
    assertThrows(CofreException.class, () -> ana.run(cofre -> cofre.team().remove(anas, Set.of())));
    Actor rui = play.rui();
    Refused told =
        assertThrows(
            Refused.class,
            () -> rui.run(cofre -> cofre.team().remove(anas, cofre.team().abandonedBy(anas))));
    assertFalse(told.getMessage().isEmpty());
    evil.on(
        Route.LOG,
        Forgery.behindTheLog(
            Forgery.entry(world, rui.twin(), new Body.MemberRemove(anas, List.of(), List.of()))));
    assertHardStopOf(ana);
    evil.honest();
    assertWhole(ana);
  }

  private void assertHardStopOf(Actor actor) {
    soFarSoGood();
    assertHardStop(actor);
  }

  /// Two managers end each other's role at the same time: the one who comes second is void, for everybody alike.
  @Test
  @Tag("H11")
  void ofTwoWhoEndEachOtherTheSecondIsVoid() throws Exception {
    MemberId rui = play.rui().member();
    MemberId anas = ana.member();
    ana.inVault(vault -> {
      vault.grant(rui, VaultRole.MANAGER, Optional.empty());
      return vault;
    });
    Actor ruis = play.rui();
    ruis.list();
    ana.line().before(Route.APPEND_ENTRY, () -> revoke(ruis, anas));
    assertThrows(CofreException.class, () -> revoke(ana, rui));
    assertEquals(VaultRole.MANAGER, world.state().roles(play.company().vault()).get(rui));
    assertFalse(world.state().roles(play.company().vault()).containsKey(anas));
    assertEquals(5, ruis.list().size());
    assertEquals(5, play.eva().list().size());
  }

  private static void revoke(Actor actor, MemberId member) throws CofreException {
    actor.inVault(vault -> vault.revoke(member, Vault.Abandon.NEVER));
  }

  @Test
  @Tag("H10")
  void aVaultIsNotLeftWithoutAManagerUnnoticed() throws Exception {
    MemberId anas = ana.member();
    assertThrows(Stopped.class, () -> revoke(ana, anas));
    assertNotEquals(Optional.empty(), ana.inVault(Vault::role));
    assertEquals(Label.COMMIT, world.shelf(play.company().vault()).commits().getFirst().label());
  }
}
