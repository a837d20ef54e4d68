package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.client.Vault;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SigningKey;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.report.Progress;
import dev.cofre.client.report.Renewal;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A server that would like to put somebody into the team, or somebody's keys into the place of others'.
class StrangersTest extends EvilTest {
  private static final RandomSource RANDOM = RandomSource.system();

  /// The server lets its own member appear while everything is sealed again for those who remain.
  @Test
  @Tag("B03")
  void nobodyAppearsWhileContentsAreSealedAgain() throws Exception {
    Actor rui = play.rui();
    var removed = rui.member();
    ana.line().before(Route.BEGIN_UPLOAD, () -> forgeJoin());
    long commits = world.shelf(play.company().vault()).head().seq();
    ana.inVault(vault -> vault.revoke(removed, Vault.Abandon.NEVER));
    assertEquals(0, ana.inVault(StrangersTest::sealAgain).fresh());
    assertEquals(commits, world.shelf(play.company().vault()).head().seq());
    soFarSoGood();
    assertHardStop(ana);
    evil.honest();
    evil.ring().add(rui.twin());
    ana.inVault(StrangersTest::sealAgain);
    assertWhole(ana);
  }

  private static Renewal sealAgain(Vault vault) throws CofreException {
    return vault.reencrypt(Renewal.NOTHING_YET, 100, Progress.NONE);
  }

  private void forgeJoin() throws CofreException {
    Identity nobody = evil.ring().nobody();
    InviteId used = world.state().invitations().keySet().iterator().next();
    Body join = Forgery.join(world, nobody, used, SigningKey.generate(RANDOM));
    evil.on(Route.LOG, Forgery.behindTheLog(Forgery.entry(world, nobody, join)));
    evil.on(Route.APPEND_COMMIT, Script.always(Answer.problem(Problem.STALE_TEAM)));
  }

  /// Everything valid that was ever signed, in the place of everything else.
  @Test
  @Tag("B11")
  @Tag("D10")
  void noSignedThingPassesForAnother() throws Exception {
    List<SignedBytes> entries = new ArrayList<>(world.log().stream().map(Signed::bytes).toList());
    List<SignedBytes> commits =
        world.shelf(play.company().vault()).commits().stream().map(Signed::bytes).toList();
    List<SignedBytes> channels =
        world.shelf(play.company().vault()).page(ana.member(), 0, 100).channels();
    List<SignedBytes> others = new ArrayList<>(commits.subList(0, 3));
    others.addAll(channels.subList(0, 2));
    others.add(statement(entries));
    for (SignedBytes other : others) {
      refusedAs(Route.LOG, Forgery.behindTheLog(other));
    }
    others.removeAll(commits);
    others.addAll(entries.subList(0, 4));
    for (SignedBytes other : others) {
      refusedAs(Route.COMMITS, Forgery.behindTheCommits(other));
    }
    assertWhole(play.eva());
  }

  private static SignedBytes statement(List<SignedBytes> entries) throws Exception {
    for (SignedBytes entry : entries) {
      if (Entry.read(entry).value().body() instanceof Body.DeviceAdd add) {
        return add.statement();
      }
    }
    throw new AssertionError("no device was added");
  }

  private void refusedAs(Route route, Script script) throws CofreException {
    evil.on(route, script);
    CofreException failure = assertThrows(CofreException.class, ana::list);
    assertEquals(Verdict.INTEGRITY, Verdict.of(failure));
    evil.honest();
  }
}
