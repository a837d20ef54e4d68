package dev.cofre.protocol.team;

import static dev.cofre.protocol.team.Refusals.refuses;
import static dev.cofre.protocol.team.TestTeam.actor;
import static dev.cofre.protocol.team.TestTeam.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.TestTeam.Actor;
import dev.cofre.protocol.team.TestTeam.Computer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A member's devices: what brings one in, what ends it, and what it may do meanwhile.
class DeviceRulesTest {
  private final Actor ana = actor();
  private final Computer phone = TestTeam.computer(DeviceKind.COMPUTER);
  private final Computer kit = TestTeam.computer(DeviceKind.RECOVERY_KIT);
  private TestTeam team;

  @BeforeEach
  void start() throws Exception {
    team = TestTeam.startedBy(ana);
  }

  private static WrappedSeed seed(Computer device) {
    return new WrappedSeed(device.keys().id(), Bytes.zeros(1168));
  }

  private static Body added(TeamId in, MemberId member, Computer device, WrappedSeed seed) {
    DeviceStatement statement = new DeviceStatement(in, member, device.keys());
    return new Body.DeviceAdd(
        TestTeam.sign(Label.DEVICE, DeviceStatement.CODEC.encode(statement), device.signer()),
        seed);
  }

  private Body added(Actor who, Computer device) {
    return added(team.state().id(), who.id(), device, seed(device));
  }

  private static Body.DeviceRevoke revoked(Computer device, VaultHead... heads) {
    return new Body.DeviceRevoke(device.keys().id(), List.of(heads));
  }

  private static Body vaultCreate() {
    return new Body.VaultCreate(TestTeam.random(16));
  }

  @Test
  void aStatementIsOfTheTeamAndMemberThatPostIt() throws Exception {
    TeamId elsewhere = new TeamId(TestTeam.random(32));
    refuses(team, Rule.STATEMENT, ana, added(elsewhere, ana.id(), phone, seed(phone)));
    refuses(team, Rule.STATEMENT, ana, added(team.state().id(), actor().id(), phone, seed(phone)));
    refuses(team, Rule.SEEDS, ana, added(team.state().id(), ana.id(), phone, seed(kit)));
    team.post(ana, added(ana, phone));
    refuses(team, Rule.TAKEN, ana, added(ana, phone));
  }

  @Test
  void aMemberHas256LiveDevicesAtMost() throws Exception {
    DeviceKeys keys = phone.keys();
    for (int i = 1; i < 256; i++) {
      team.post(ana, added(ana, again(keys)));
    }
    assertEquals(256, team.state().liveDevices(ana.id()).size());
    refuses(team, Rule.LIMIT, ana, added(ana, again(keys)));
    team.post(ana, new Body.DeviceRevoke(other(), List.of()));
    team.post(ana, added(ana, again(keys)));
  }

  private DeviceId other() {
    return team.state().liveDevices(ana.id()).stream()
        .map(device -> device.keys().id())
        .filter(id -> !id.equals(ana.device().keys().id()))
        .findFirst()
        .orElseThrow();
  }

  private Computer again(DeviceKeys keys) {
    DeviceId id = new DeviceId(TestTeam.random(16));
    return new Computer(
        new DeviceKeys(id, keys.kind(), keys.signingKey(), keys.encryptionKey()), phone.signer());
  }

  @Test
  void aRecoveryKitOnlyAddsDevices() throws Exception {
    VaultId vault = team.vault(ana);
    team.post(ana, added(ana, kit));
    refuses(team, Rule.DEVICE, team.entry(ana, kit, vaultCreate()));
    team.post(team.entry(ana, kit, added(ana, phone)));
    team.post(team.entry(ana, phone, vaultCreate()));
    long now = team.state().head().seq();
    assertTrue(team.state().writeRight(vault, ana.id(), phone.keys().id(), now).isPresent());
    assertFalse(team.state().writeRight(vault, ana.id(), kit.keys().id(), now).isPresent());
  }

  @Test
  void aDeviceMayWriteFromItsEntryUntilBeforeItsEndAndForItsMemberOnly() throws Exception {
    VaultId vault = team.vault(ana);
    long before = team.state().head().seq();
    team.post(ana, added(ana, phone));
    long added = team.state().head().seq();
    Actor rui = team.member(ana, TeamRole.MEMBER, TestTeam.promise(vault, VaultRole.EDITOR));
    team.post(ana, revoked(phone, empty(vault)));
    long ended = team.state().head().seq();
    DeviceId device = phone.keys().id();
    assertTrue(team.state().writeRight(vault, ana.id(), device, before).isEmpty());
    assertTrue(team.state().writeRight(vault, ana.id(), device, added).isPresent());
    assertTrue(team.state().writeRight(vault, ana.id(), device, ended - 1).isPresent());
    assertTrue(team.state().writeRight(vault, ana.id(), device, ended).isEmpty());
    assertTrue(team.state().writeRight(vault, rui.id(), device, ended - 1).isEmpty());
    assertEquals(Optional.of(ended), team.state().devices().get(device).revokedAt());
  }

  @Test
  void whatHasEndedOrIsUnknownIsNotEndedAgain() throws Exception {
    team.post(ana, added(ana, phone));
    team.post(ana, revoked(phone));
    refuses(team, Rule.SUBJECT, ana, revoked(phone));
    refuses(team, Rule.SUBJECT, ana, revoked(kit));
    refuses(team, Rule.DEVICE, team.entry(ana, phone, vaultCreate()));
  }

  @Test
  void aDeviceIsEndedByItsMemberByOwnersAndForPlainMembersByAdmins() throws Exception {
    Actor admin = team.member(ana, TeamRole.ADMIN);
    Actor peer = team.member(ana, TeamRole.ADMIN);
    Actor rui = team.member(ana, TeamRole.MEMBER);
    Actor eva = team.member(ana, TeamRole.MEMBER);
    for (Actor ending : List.of(rui, admin, ana)) {
      Computer device = TestTeam.computer(DeviceKind.COMPUTER);
      team.post(rui, added(rui, device));
      refuses(team, Rule.ROLE_TOO_LOW, eva, revoked(device));
      team.post(ending, revoked(device));
      assertFalse(team.state().devices().get(device.keys().id()).live());
    }
    team.post(admin, added(admin, phone));
    refuses(team, Rule.ROLE_TOO_LOW, peer, revoked(phone));
    team.post(ana, revoked(phone));
  }

  @Test
  void theEndOfADeviceNamesItsMembersVaultsAndIsAChangeOfThem() throws Exception {
    VaultId vault = team.vault(ana);
    team.vault(ana);
    team.post(ana, added(ana, phone));
    Head head = new Head(9, new Hash(TestTeam.random(32)));
    refuses(team, Rule.HEADS, ana, revoked(phone));
    List<VaultHead> heads =
        team.state().vaultsOf(ana.id()).stream()
            .map(each -> each.equals(vault) ? new VaultHead(vault, head) : empty(each))
            .toList();
    team.post(ana, new Body.DeviceRevoke(phone.keys().id(), heads));
    assertEquals(head, team.state().devices().get(phone.keys().id()).last().get(vault));
    assertEquals(2, team.state().devices().get(phone.keys().id()).last().size());
    assertEquals(Optional.of(head.hash()), team.state().namedHash(vault, 9));
    assertEquals(team.state().head().seq(), team.state().lastChange(vault));
    refuses(team, Rule.KEY, ana, vaultCreate());
  }

  private Body.MemberRekey rekey(List<WrappedSeed> seeds, VaultHead... heads) {
    return new Body.MemberRekey(
        TestTeam.encryptionKey(), seeds, TestTeam.random(80), List.of(heads));
  }

  @Test
  void aNewKeyComesWithASeedForEachLiveDeviceInOrder() throws Exception {
    VaultId vault = team.vault(ana);
    team.post(ana, added(ana, phone));
    List<WrappedSeed> seeds =
        Stream.of(ana.device(), phone)
            .map(DeviceRulesTest::seed)
            .sorted(Comparator.comparing(seed -> seed.device().value()))
            .toList();
    for (List<WrappedSeed> wrong :
        List.of(
            seeds.subList(0, 1),
            seeds.reversed(),
            List.of(seeds.get(0), seeds.get(1), seed(kit)))) {
      refuses(team, Rule.SEEDS, ana, rekey(wrong, empty(vault)));
    }
    refuses(team, Rule.HEADS, ana, rekey(seeds));
    Body.MemberRekey right = rekey(seeds, empty(vault));
    team.post(ana, right);
    assertEquals(team.state().head().seq(), team.state().lastChange(vault));
    Member after = team.state().members().get(ana.id());
    assertEquals(Optional.of(right.memberKey()), after.memberKey());
    assertEquals(
        List.of(Member.hashOf(ana.memberKey()), Member.hashOf(right.memberKey())), after.keys());
  }

  @Test
  void anEntryIsSignedByTheDeviceItNames() throws Exception {
    team.post(ana, added(ana, phone));
    Entry entry = team.next(ana, phone, vaultCreate(), 1);
    Signed<Entry> forged = TestTeam.sign(entry, ana.device().signer());
    refuses(team, Rule.SIGNATURE, forged);
  }
}
