package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.Vault;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.report.Progress;
import dev.cofre.client.report.Renewal;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.DeviceStatement;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.Invitation;
import dev.cofre.protocol.team.JoinMode;
import dev.cofre.protocol.team.JoinStatement;
import dev.cofre.protocol.team.VaultGrant;
import dev.cofre.protocol.team.WrappedSeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A server that would like to put somebody into the team, or somebody's keys into the place of others'.
class StrangersTest extends EvilTest {
  private static final RandomSource RANDOM = RandomSource.system();

  /// Entries that nobody made who may.
  enum Forged {
    /// An owner's policy, by the server in the owner's name.
    POLICY,
    /// The same by a member who is none.
    POLICY_OF_A_MEMBER,
    /// A member who makes themselves an owner.
    ROLE,
    /// A member who makes a removed member an admin.
    ROLE_OF_A_REMOVED_MEMBER,
    /// A newcomer of the server's by an invitation whose secret it does not know.
    JOIN,
    /// A newcomer of the server's by an invitation that was used.
    JOIN_BY_A_USED_INVITATION,
    /// A member's own join once more.
    JOIN_AGAIN,
    /// A removed member confirmed by somebody who may not.
    CONFIRM,
    /// An invitation by a member who may not.
    INVITE,
    /// A device of the server's, as a member's.
    DEVICE,
    /// A device of the server's, its statement in the member's name, under the member's true device.
    DEVICE_OF_ANOTHER,
    /// A kit of the server's, as a member's.
    KIT,
    /// More of a role in the vault, by an editor.
    GRANT,
    /// The same, by the server in its manager's name.
    GRANT_BY_THE_SERVER,
    /// A new key of a member's, by the server.
    KEY,
    /// A new key of a member's, by another member.
    KEY_BY_ANOTHER
  }

  @ParameterizedTest
  @EnumSource(Forged.class)
  @Tag("B01")
  @Tag("B02")
  @Tag("B05")
  @Tag("B08")
  @Tag("B09")
  @Tag("B15")
  @Tag("B16")
  @Tag("B17")
  @Tag("I01")
  @Tag("I02")
  @Tag("I05")
  void nobodyIsAddedOrChangedByWhoMayNot(Forged forged) throws Exception {
    SignedBytes entry = make(forged);
    evil.on(Route.LOG, Forgery.behindTheLog(entry));
    assertHardStop(ana); // who knew all there is
    soFarSoGood();
    assertHardStop(play.eva()); // who sees it among much that is true
    evil.honest();
    ana.put("/letters/new.txt", "a letter that is new");
    assertEquals(6, ana.list().size());
  }

  private SignedBytes make(Forged forged) throws CofreException {
    Identity nobody = evil.ring().nobody();
    Identity rui = play.rui().twin();
    var anas = ana.twin();
    var mia = play.mia().member();
    VaultHead head =
        new VaultHead(play.company().vault(), world.shelf(play.company().vault()).head());
    Body.Grant grant =
        new Body.Grant(play.zoe().member(), head, VaultRole.EDITOR, Optional.empty());
    return switch (forged) {
      case POLICY -> Forgery.entry(world, anas.member(), anas.device(), nobody, policy());
      case POLICY_OF_A_MEMBER -> Forgery.entry(world, rui, policy());
      case ROLE -> Forgery.entry(world, rui, new Body.RoleChange(rui.member(), TeamRole.OWNER));
      case ROLE_OF_A_REMOVED_MEMBER ->
          Forgery.entry(world, rui, new Body.RoleChange(mia, TeamRole.ADMIN));
      case JOIN -> Forgery.entry(world, nobody, join(nobody, openInvitation(), nobody));
      case JOIN_BY_A_USED_INVITATION ->
          Forgery.entry(world, nobody, join(nobody, usedInvitation(), nobody));
      case JOIN_AGAIN -> Forgery.entry(world, play.zoe().twin(), joinOfZoe());
      case CONFIRM -> Forgery.entry(world, rui, new Body.Confirm(mia, Hash.ZERO));
      case INVITE ->
          Forgery.entry(
              world,
              rui,
              new Body.Invite(
                  new InviteId(RANDOM.bytes(16)),
                  nobody.deviceKeys().signingKey(),
                  TeamRole.MEMBER,
                  List.of(new VaultGrant(head, VaultRole.EDITOR)),
                  1L << 45,
                  JoinMode.AT_ONCE));
      case DEVICE ->
          Forgery.entry(world, rui.member(), nobody.device(), nobody, device(rui, nobody));
      case DEVICE_OF_ANOTHER ->
          Forgery.entry(world, rui.member(), rui.device(), nobody, device(rui, nobody));
      case KIT -> Forgery.entry(world, anas.member(), anas.device(), nobody, device(anas, nobody));
      case GRANT -> Forgery.entry(world, rui, grant);
      case GRANT_BY_THE_SERVER -> Forgery.entry(world, anas.member(), anas.device(), nobody, grant);
      case KEY -> Forgery.entry(world, rui.member(), rui.device(), nobody, rekey(nobody, rui));
      case KEY_BY_ANOTHER ->
          Forgery.entry(world, anas.member(), rui.device(), rui, rekey(nobody, anas));
    };
  }

  private static Body policy() {
    return new Body.Policy(1, JoinMode.AT_ONCE);
  }

  private Body join(Identity who, InviteId invite, Identity inviting) {
    JoinStatement statement =
        new JoinStatement(
            world.state().id(),
            invite,
            who.member(),
            new Profile(RANDOM.bytes(32), "Ghost", "").hash(),
            who.deviceKeys(),
            who.newestKey().orElseThrow().publicKey());
    return new Body.Join(inviting.sign(Label.JOIN, JoinStatement.CODEC.encode(statement)));
  }

  private InviteId openInvitation() throws CofreException {
    play.company().invite(TeamRole.MEMBER, Map.of(), JoinMode.AT_ONCE);
    soFarSoGood();
    return world.state().invitations().values().stream()
        .filter(Invitation::open)
        .map(open -> open.invite().invite())
        .findFirst()
        .orElseThrow();
  }

  private InviteId usedInvitation() {
    return world.state().invitations().keySet().iterator().next();
  }

  private Body joinOfZoe() {
    return world.log().stream()
        .map(entry -> entry.value().body())
        .filter(Body.Join.class::isInstance)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private Body device(Identity member, Identity device) {
    DeviceStatement statement =
        new DeviceStatement(world.state().id(), member.member(), device.deviceKeys());
    return new Body.DeviceAdd(
        device.sign(Label.DEVICE, DeviceStatement.CODEC.encode(statement)),
        new WrappedSeed(device.device(), RANDOM.bytes(1168)));
  }

  private Body rekey(Identity key, Identity member) throws CofreException {
    return Forgery.rekey(world, key, member.member());
  }

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
    evil.on(Route.LOG, Forgery.behindTheLog(make(Forged.JOIN_BY_A_USED_INVITATION)));
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

  /// Somebody else has the link too, and is faster. The one who invited sees the other's words, and nothing is theirs before she has said
  /// that they are the right ones.
  @Test
  @Tag("B12")
  @Tag("B13")
  @Tag("B14")
  void whoeverTakesAnInvitationIsSeenBeforeTheyAreGivenAnything() throws Exception {
    var vaults = Map.of(play.company().vault(), VaultRole.EDITOR);
    String link = play.company().invite(TeamRole.MEMBER, vaults, JoinMode.AFTER_CONFIRMATION);
    Actor thief = play.company().join("Dr. Invited", link);
    Path home = directory.resolve("invited");
    assertThrows(CofreException.class, () -> play.company().join("Invited", link));
    assertFalse(Files.exists(home));
    ana.put("/letters/new.txt", "a letter that is new");
    assertThrows(CofreException.class, thief::list);
    var joined = thief.member();
    evil.ring().add(thief.twin());
    List<String> shown = ana.run(cofre -> cofre.team().joinWords(joined));
    assertEquals(8, shown.size());
    ana.run(cofre -> {
      cofre.team().cancel(world.state().members().get(joined).invite().orElseThrow());
      return joined;
    });
    ana.put("/letters/newer.txt", "a letter that is newer");
    assertThrows(CofreException.class, thief::list);
    assertTrue(world.shelf(play.company().vault()).page(joined, 0, 100).bundles().isEmpty());
  }
}
