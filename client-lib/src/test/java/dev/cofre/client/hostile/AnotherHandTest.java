package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.JoinLink;
import dev.cofre.client.keys.RecoveryKit;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.DeviceStatement;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.JoinMode;
import dev.cofre.protocol.team.Member;
import dev.cofre.protocol.team.Rule;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.Standing;
import dev.cofre.protocol.team.WrappedSeed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Entries that would be good if somebody else had signed them, or if they said one thing less.
class AnotherHandTest extends EvilTest {
  private static final RandomSource RANDOM = RandomSource.system();

  /// An entry that breaks one rule, and one that lacks nothing but that fault.
  private record Forged(Rule broken, SignedBytes entry, SignedBytes good) {}

  /// What an entry says of its author, and whose keys sign it.
  private record Hand(MemberId author, DeviceId device, Identity signer) {
    static Hand of(Identity identity) {
      return new Hand(identity.member(), identity.device(), identity);
    }

    /// The server's in somebody's name.
    static Hand feigned(Identity identity, Identity signer) {
      return new Hand(identity.member(), identity.device(), signer);
    }
  }

  /// What one may write and another may not.
  private Forged by(Rule broken, Hand wrong, Hand right, Body body) {
    return new Forged(broken, entry(wrong, body), entry(right, body));
  }

  /// What is good in one form and not in another.
  private Forged as(Rule broken, Hand hand, Body wrong, Body right) {
    return new Forged(broken, entry(hand, wrong), entry(hand, right));
  }

  private SignedBytes entry(Hand hand, Body body) {
    return Forgery.entry(world, hand.author(), hand.device(), hand.signer(), body);
  }

  /// The rule is what stands in the way and nothing else, and who is shown it stops, whether they knew all there is or see it among much
  /// that is true.
  private void assertRefused(List<Forged> all) throws Exception {
    Actor eva = play.eva();
    for (Forged forged : all) {
      world.state().apply(Entry.read(forged.good()));
      Signed<Entry> entry = Entry.read(forged.entry());
      RuleException told =
          assertThrows(RuleException.class, () -> world.state().apply(entry), entry::toString);
      assertEquals(forged.broken(), told.rule());
      evil.on(Route.LOG, Forgery.behindTheLog(forged.entry()));
      for (Actor actor : List.of(ana, eva)) {
        actor.fails(Tampered.class, cofre -> cofre.team().head());
      }
      soFarSoGood();
      assertHardStop(ana);
      evil.honest();
    }
    evil.on(Route.LOG, Forgery.behindTheLog(all.getFirst().entry()));
    soFarSoGood();
    assertHardStop(eva);
    evil.honest();
    ana.put("/letters/new.txt", "a letter that is new");
    assertEquals(6, ana.list().size());
  }

  /// Somebody's keys, by the server and by another member.
  @Test
  @Tag("B01")
  @Tag("B16")
  @Tag("B17")
  void nobodysKeyIsReplacedByAnotherHand() throws Exception {
    Identity nobody = evil.ring().nobody();
    Identity rui = play.rui().twin();
    Body rekey = Forgery.rekey(world, nobody, rui.member());
    Identity zoe = play.zoe().twin();
    assertRefused(
        List.of(
            by(Rule.SIGNATURE, Hand.feigned(rui, nobody), Hand.of(rui), rekey),
            by(Rule.SIGNATURE, Hand.feigned(rui, zoe), Hand.of(rui), rekey),
            by(Rule.DEVICE, new Hand(rui.member(), zoe.device(), zoe), Hand.of(rui), rekey)));
  }

  /// By the server in the owner's name, and by a member who is none.
  @Test
  @Tag("B02")
  @Tag("I02")
  void noPolicyIsMadeByWhoMayNot() throws Exception {
    Identity anas = ana.twin();
    Body policy = new Body.Policy(1, JoinMode.AFTER_CONFIRMATION);
    assertRefused(
        List.of(
            by(Rule.SIGNATURE, Hand.feigned(anas, evil.ring().nobody()), Hand.of(anas), policy),
            by(Rule.ROLE_TOO_LOW, Hand.of(play.rui().twin()), Hand.of(anas), policy)));
  }

  /// In the owner's name, by themselves, and by somebody who is gone.
  @Test
  @Tag("B05")
  @Tag("B08")
  void nobodyIsMadeAnOwnerByWhoMayNot() throws Exception {
    Identity anas = ana.twin();
    Identity rui = play.rui().twin();
    Body role = new Body.RoleChange(rui.member(), TeamRole.OWNER);
    Identity mia = play.mia().twin();
    assertRefused(
        List.of(
            by(Rule.SIGNATURE, Hand.feigned(anas, evil.ring().nobody()), Hand.of(anas), role),
            by(Rule.ROLE_TOO_LOW, Hand.of(rui), Hand.of(anas), role),
            by(Rule.AUTHOR, Hand.of(mia), Hand.of(anas), role)));
  }

  /// By a join without the link's secret or with a used link, by a confirmation or an invitation of somebody who may not.
  @Test
  @Tag("B08")
  void nobodyIsLetInByWhoMayNot() throws Exception {
    Identity nobody = evil.ring().nobody();
    Identity anas = ana.twin();
    Identity rui = play.rui().twin();
    waits(Identity.ofNewMember(RANDOM));
    Member waiting =
        world.state().members().values().stream()
            .filter(member -> member.standing() == Standing.WAITING)
            .findFirst()
            .orElseThrow();
    try (JoinLink open = invitation(JoinMode.AT_ONCE);
        JoinLink used = invitation(JoinMode.AT_ONCE)) {
      Identity first = Identity.ofNewMember(RANDOM);
      append(Forgery.entry(world, first, Forgery.join(world, first, used.invite(), used.key())));
      Body.Invite invite =
          new Body.Invite(
              new InviteId(RANDOM.bytes(16)),
              nobody.deviceKeys().signingKey(),
              TeamRole.MEMBER,
              List.of(),
              1L << 45,
              JoinMode.AT_ONCE);
      Body.Confirm confirm = new Body.Confirm(waiting.id(), waiting.join());
      Body.Join good = Forgery.join(world, nobody, open.invite(), open.key());
      assertRefused(
          List.of(
              as(
                  Rule.SIGNATURE,
                  Hand.of(nobody),
                  Forgery.join(world, nobody, open.invite(), used.key()),
                  good),
              as(
                  Rule.INVITE,
                  Hand.of(nobody),
                  Forgery.join(world, nobody, used.invite(), used.key()),
                  good),
              by(Rule.ROLE_TOO_LOW, Hand.of(rui), Hand.of(anas), confirm),
              by(Rule.ROLE_TOO_LOW, Hand.of(rui), Hand.of(anas), invite)));
    }
  }

  /// By an editor, and by the server in the manager's name.
  @Test
  @Tag("B08")
  void nobodyIsGivenMoreOfAVaultByWhoMayNot() throws Exception {
    Identity anas = ana.twin();
    VaultHead head =
        new VaultHead(play.company().vault(), world.shelf(play.company().vault()).head());
    Body grant = new Body.Grant(play.zoe().member(), head, VaultRole.EDITOR, Optional.empty());
    assertRefused(
        List.of(
            by(Rule.VAULT_ROLE_TOO_LOW, Hand.of(play.rui().twin()), Hand.of(anas), grant),
            by(Rule.SIGNATURE, Hand.feigned(anas, evil.ring().nobody()), Hand.of(anas), grant)));
  }

  /// A device with a valid statement about itself, by itself, by the server in the member's name, and by another member.
  @Test
  @Tag("B09")
  @Tag("B16")
  void noDeviceIsAddedByAnotherHand() throws Exception {
    Identity rui = play.rui().twin();
    Identity zoe = play.zoe().twin();
    Identity device = Identity.ofNewDevice(rui.member(), RANDOM);
    Body add = device(rui.member(), device);
    assertRefused(
        List.of(
            by(Rule.DEVICE, Hand.of(device), Hand.of(rui), add),
            by(Rule.SIGNATURE, Hand.feigned(rui, device), Hand.of(rui), add),
            by(Rule.DEVICE, new Hand(rui.member(), zoe.device(), zoe), Hand.of(rui), add)));
  }

  /// Valid keys, in the wrong person's name.
  @Test
  @Tag("B15")
  void nobodysKeysAreSaidToBeAnothers() throws Exception {
    Identity rui = play.rui().twin();
    Identity zoe = play.zoe().twin();
    Identity nobody = evil.ring().nobody();
    Identity device = Identity.ofNewDevice(rui.member(), RANDOM);
    Identity other = Identity.ofNewMember(RANDOM);
    try (JoinLink open = invitation(JoinMode.AT_ONCE)) {
      Body good = Forgery.join(world, nobody, open.invite(), open.key());
      assertRefused(
          List.of(
              as(
                  Rule.STATEMENT,
                  Hand.of(rui),
                  device(zoe.member(), device),
                  device(rui.member(), device)),
              as(
                  Rule.KEY,
                  Hand.of(rui),
                  Forgery.rekey(world, zoe, rui.member()),
                  Forgery.rekey(world, nobody, rui.member())),
              new Forged(
                  Rule.STATEMENT,
                  entry(new Hand(other.member(), nobody.device(), nobody), good),
                  entry(Hand.of(nobody), good))));
    }
  }

  /// By the server in the member's name, by another member, and by a kit of another's.
  @Test
  @Tag("I01")
  @Tag("I05")
  void noKitIsAddedByAnotherHand() throws Exception {
    Identity anas = ana.twin();
    Identity zoe = play.zoe().twin();
    MemberId eva = play.eva().member();
    try (RecoveryKit paper = kit();
        Identity kit = paper.identity(anas.member());
        RecoveryKit evas = RecoveryKit.read(play.kit());
        Identity kitOfEva = evas.identity(eva)) {
      Body add = device(anas.member(), kit);
      Identity device = Identity.ofNewDevice(eva, RANDOM);
      assertRefused(
          List.of(
              by(Rule.SIGNATURE, Hand.feigned(anas, evil.ring().nobody()), Hand.of(anas), add),
              by(Rule.DEVICE, new Hand(anas.member(), zoe.device(), zoe), Hand.of(anas), add),
              by(
                  Rule.DEVICE,
                  new Hand(anas.member(), kitOfEva.device(), kitOfEva),
                  Hand.of(anas),
                  add),
              as(
                  Rule.STATEMENT,
                  Hand.of(kitOfEva),
                  device(anas.member(), device),
                  device(eva, device))));
    }
  }

  private RecoveryKit kit() {
    return RecoveryKit.make(world.state().id(), world.state().head(), RANDOM);
  }

  private JoinLink invitation(JoinMode mode) throws CofreException {
    JoinLink link = JoinLink.read(play.company().invite(TeamRole.MEMBER, Map.of(), mode));
    soFarSoGood();
    return link;
  }

  private void append(SignedBytes entry) throws CofreException {
    Profile profile = new Profile(RANDOM.bytes(32), "Ghost", "");
    world.append(new Teams.Append(entry, Optional.of(profile)));
  }

  /// Somebody has joined and waits.
  private void waits(Identity who) throws CofreException {
    try (JoinLink link = invitation(JoinMode.AFTER_CONFIRMATION)) {
      append(Forgery.entry(world, who, Forgery.join(world, who, link.invite(), link.key())));
    }
  }

  /// A device's statement that it is a member's.
  private Body device(MemberId said, Identity device) {
    DeviceStatement statement = new DeviceStatement(world.state().id(), said, device.deviceKeys());
    return new Body.DeviceAdd(
        device.sign(Label.DEVICE, DeviceStatement.CODEC.encode(statement)),
        new WrappedSeed(device.device(), RANDOM.bytes(1168)));
  }
}
