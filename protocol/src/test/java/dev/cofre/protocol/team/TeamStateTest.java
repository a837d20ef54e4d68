package dev.cofre.protocol.team;

import static dev.cofre.protocol.team.Refusals.refuses;
import static dev.cofre.protocol.team.TestTeam.actor;
import static dev.cofre.protocol.team.TestTeam.empty;
import static dev.cofre.protocol.team.TestTeam.promise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.TestTeam.Actor;
import dev.cofre.protocol.team.TestTeam.Computer;
import dev.cofre.protocol.team.TestTeam.Invited;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TeamStateTest {
  private Actor ana;
  private TestTeam team;

  @BeforeEach
  void start() throws Exception {
    ana = actor();
    team = TestTeam.startedBy(ana);
  }

  @Test
  void beginsWithItsOwnerAndTheGenesisHashAsItsId() {
    assertEquals(team.state().head().hash().value(), team.state().id().value());
    assertEquals(TeamRole.OWNER, team.state().members().get(ana.id()).role());
  }

  @Test
  void refusesAGenesisInTheMiddleAndAnEntryInThePlaceOfAGenesis() throws Exception {
    Body again =
        new Body.Genesis(Hash.ZERO, ana.id(), Hash.ZERO, ana.device().keys(), ana.memberKey());
    refuses(team, Rule.PLACE, ana, again);
    Signed<Entry> other = team.entry(ana, new Body.VaultCreate(TestTeam.random(16)));
    assertThrows(RuleException.class, () -> TeamState.start(other));
  }

  @Test
  @Tag("E09")
  void refusesAnotherTeamAnotherPlaceAndAnotherPrevious() throws Exception {
    Entry right = team.next(ana, ana.device(), new Body.VaultCreate(TestTeam.random(16)), 1);
    List<Entry> wrong =
        List.of(
            new Entry(
                new TeamId(TestTeam.random(32)),
                1,
                right.prev(),
                ana.id(),
                right.device(),
                1,
                right.body()),
            new Entry(right.team(), 2, right.prev(), ana.id(), right.device(), 1, right.body()),
            new Entry(
                right.team(),
                Long.MAX_VALUE,
                right.prev(),
                ana.id(),
                right.device(),
                1,
                right.body()),
            new Entry(
                right.team(),
                1,
                new Hash(TestTeam.random(32)),
                ana.id(),
                right.device(),
                1,
                right.body()));
    for (Entry entry : wrong) {
      refuses(team, Rule.PLACE, TestTeam.sign(entry, ana.device().signer()));
    }
  }

  @Test
  @Tag("B08")
  void refusesASignatureByAnotherKey() throws Exception {
    Entry entry = team.next(ana, ana.device(), new Body.VaultCreate(TestTeam.random(16)), 1);
    refuses(team, Rule.SIGNATURE, TestTeam.sign(entry, TestTeam.signer()));
  }

  @ParameterizedTest
  @Tag("G01")
  @EnumSource(Label.class)
  void takesASignatureOnlyForItsOwnPurpose(Label label) throws Exception {
    Entry entry = team.next(ana, ana.device(), new Body.VaultCreate(TestTeam.random(16)), 1);
    SignedBytes bytes = TestTeam.sign(label, Entry.CODEC.encode(entry), ana.device().signer());
    if (label == Label.ENTRY) {
      team.post(Entry.read(bytes));
    } else {
      refuses(team, Rule.SIGNATURE, Entry.read(bytes));
    }
  }

  @Test
  @Tag("B08")
  @Tag("B09")
  void refusesStrangersAndDevicesOfOthers() throws Exception {
    Actor rui = team.member(ana, TeamRole.MEMBER);
    refuses(team, Rule.AUTHOR, actor(), new Body.VaultCreate(TestTeam.random(16)));
    refuses(
        team,
        Rule.DEVICE,
        team.entry(ana, rui.device(), new Body.VaultCreate(TestTeam.random(16))));
  }

  @Test
  void saysSinceWhenARoleIsWhatItIs() throws Exception {
    VaultId vault = team.vault(ana);
    long created = team.state().head().seq();
    Actor rui = team.member(ana, TeamRole.MEMBER, promise(vault, VaultRole.VIEWER));
    Optional<Long> joined = Optional.of(team.state().head().seq());
    assertEquals(joined, team.state().roleSince(vault, rui.id()));
    team.vault(rui);
    assertEquals(joined, team.state().roleSince(vault, rui.id()));
    team.post(ana, new Body.Revoke(rui.id(), empty(vault), Body.Abandon.KEPT));
    assertEquals(Optional.empty(), team.state().roleSince(vault, rui.id()));
    team.post(ana, new Body.Grant(rui.id(), empty(vault), VaultRole.VIEWER, Optional.empty()));
    assertEquals(Optional.of(team.state().head().seq()), team.state().roleSince(vault, rui.id()));
    assertEquals(Optional.of(created), team.state().roleSince(vault, ana.id()));
  }

  @Test
  void letsOnlyAVaultsManagersGrantItWhateverTheirRankInTheTeam() throws Exception {
    Actor rui = team.member(ana, TeamRole.MEMBER);
    VaultId vault = team.vault(rui);
    Body grant = new Body.Grant(ana.id(), empty(vault), VaultRole.MANAGER, Optional.empty());
    refuses(team, Rule.VAULT_ROLE_TOO_LOW, ana, grant);
    Invited place = new Invited(new InviteId(TestTeam.random(16)), TestTeam.signer());
    refuses(
        team,
        Rule.VAULT_ROLE_TOO_LOW,
        ana,
        TestTeam.invitation(
            place, TeamRole.MEMBER, JoinMode.AT_ONCE, promise(vault, VaultRole.VIEWER)));
    team.post(rui, grant);
    assertEquals(Optional.of(VaultRole.MANAGER), team.role(vault, ana));
  }

  @Test
  void knowsNobodyInAnUnknownVault() {
    VaultId nowhere = new VaultId(Hash.ZERO.value());
    assertFalse(team.state().roles(nowhere).containsKey(ana.id()));
    assertTrue(team.state().recipients(nowhere).isEmpty());
  }

  @Test
  @Tag("H10")
  void keepsTheLastOwner() throws Exception {
    refuses(team, Rule.LAST_OWNER, ana, team.removal(ana));
    refuses(team, Rule.LAST_OWNER, ana, new Body.RoleChange(ana.id(), TeamRole.ADMIN));
    Actor rui = team.member(ana, TeamRole.OWNER);
    team.post(rui, team.removal(ana));
    assertEquals(Standing.REMOVED, team.state().members().get(ana.id()).standing());
    refuses(team, Rule.LAST_OWNER, rui, team.removal(rui));
  }

  @Test
  @Tag("H11")
  void voidsTheSlowerOfTwoMutualRemovals() throws Exception {
    Actor rui = team.member(ana, TeamRole.OWNER);
    Signed<Entry> anasWord = team.entry(ana, team.removal(rui));
    Signed<Entry> ruisWord = team.entry(rui, team.removal(ana));
    team.post(anasWord);
    refuses(team, Rule.PLACE, ruisWord);
    refuses(team, Rule.AUTHOR, rui, team.removal(ana));
  }

  @Test
  void demandsThatARemovalNamesExactlyTheVaultsThatEnd() throws Exception {
    VaultId first = team.vault(ana);
    VaultId second = team.vault(ana);
    VaultId readOnly = team.vault(ana);
    Actor rui =
        team.member(
            ana,
            TeamRole.MEMBER,
            promise(first, VaultRole.EDITOR),
            promise(second, VaultRole.MANAGER),
            promise(readOnly, VaultRole.VIEWER));
    refuses(team, Rule.HEADS, ana, team.removal(rui));
    refuses(team, Rule.HEADS, ana, team.removal(rui, empty(first)));
    refuses(team, Rule.HEADS, ana, team.removal(rui, empty(first), empty(second), empty(readOnly)));
    List<VaultHead> backwards =
        Stream.of(empty(first), empty(second))
            .sorted(Comparator.<VaultHead, Bytes>comparing(h -> h.vault().value()).reversed())
            .toList();
    refuses(team, Rule.HEADS, ana, new Body.MemberRemove(rui.id(), backwards, List.of()));
    team.post(ana, team.removal(rui, empty(first), empty(second)));
    assertEquals(Set.of(ana.id()), team.state().recipients(first).keySet());
    assertFalse(team.state().devices().get(rui.device().keys().id()).live());
  }

  @Test
  void saysWhenAVaultLosesItsLastManager() throws Exception {
    Actor rui = team.member(ana, TeamRole.MEMBER);
    VaultId vault = team.vault(rui);
    Body unsaid = new Body.MemberRemove(rui.id(), List.of(empty(vault)), List.of());
    refuses(team, Rule.ABANDONS_VAULT, ana, unsaid);
    refuses(
        team, Rule.ABANDONS_VAULT, rui, new Body.Revoke(rui.id(), empty(vault), Body.Abandon.KEPT));
    refuses(
        team,
        Rule.LAST_MANAGER,
        rui,
        new Body.Grant(rui.id(), empty(vault), VaultRole.EDITOR, Optional.empty()));
    team.post(ana, new Body.MemberRemove(rui.id(), List.of(empty(vault)), List.of(vault)));
    assertTrue(team.state().recipients(vault).isEmpty());
  }

  @Test
  void saysWhenAVaultLosesItsLastMember() throws Exception {
    Actor rui = team.member(ana, TeamRole.MEMBER);
    VaultId vault = team.vault(rui);
    Actor eva = team.member(ana, TeamRole.MEMBER);
    team.post(rui, new Body.Grant(eva.id(), empty(vault), VaultRole.VIEWER, Optional.empty()));
    team.post(ana, team.removal(rui, empty(vault)));
    assertEquals(Set.of(vault), team.state().abandonedBy(eva.id()));
    refuses(team, Rule.ABANDONS_VAULT, ana, new Body.MemberRemove(eva.id(), List.of(), List.of()));
    refuses(
        team, Rule.ABANDONS_VAULT, eva, new Body.Revoke(eva.id(), empty(vault), Body.Abandon.KEPT));
    team.post(eva, new Body.Revoke(eva.id(), empty(vault), Body.Abandon.ABANDONED));
    assertTrue(team.state().roles(vault).isEmpty());
  }

  @Test
  @Tag("B15")
  void refusesTheEncryptionKeyOfAnotherMember() throws Exception {
    Actor rui = team.member(ana, TeamRole.MEMBER);
    Body.MemberRekey rekey =
        new Body.MemberRekey(
            ana.memberKey(),
            List.of(new WrappedSeed(rui.device().keys().id(), TestTeam.random(1168))),
            TestTeam.random(80),
            List.of());
    refuses(team, Rule.KEY, rui, rekey);
    Invited place = team.invite(ana, TeamRole.MEMBER, JoinMode.AT_ONCE);
    Actor eva = actor();
    Actor twin = new Actor(eva.id(), eva.device(), rui.memberKey());
    refuses(team, Rule.KEY, team.join(twin, place));
  }

  @Test
  void refusesTwoHeadsForOnePlaceOfAVault() throws Exception {
    VaultId vault = team.vault(ana);
    Actor rui = team.member(ana, TeamRole.MEMBER);
    VaultHead one = new VaultHead(vault, new Head(3, new Hash(TestTeam.random(32))));
    VaultHead other = new VaultHead(vault, new Head(3, new Hash(TestTeam.random(32))));
    team.post(ana, new Body.Grant(rui.id(), one, VaultRole.EDITOR, Optional.empty()));
    refuses(team, Rule.HEADS, ana, new Body.Revoke(rui.id(), other, Body.Abandon.KEPT));
  }

  @Test
  void letsEditorsEndADatedGrantOnlyPastItsDate() throws Exception {
    VaultId vault = team.vault(ana);
    Actor rui = team.member(ana, TeamRole.MEMBER, promise(vault, VaultRole.EDITOR));
    Actor eva = team.member(ana, TeamRole.MEMBER);
    team.post(ana, new Body.Grant(eva.id(), empty(vault), VaultRole.VIEWER, Optional.of(100L)));
    Body end = new Body.Revoke(eva.id(), empty(vault), Body.Abandon.KEPT);
    Entry early = team.next(rui, rui.device(), end, 99);
    refuses(team, Rule.VAULT_ROLE_TOO_LOW, TestTeam.sign(early, rui.device().signer()));
    team.post(TestTeam.sign(team.next(rui, rui.device(), end, 100), rui.device().signer()));
    assertEquals(Optional.empty(), team.role(vault, eva));
  }

  @Test
  void voidsTheKeyOfWhoeverLosesADeviceUntilTheyGiveAnother() throws Exception {
    VaultId vault = team.vault(ana);
    refuses(
        team,
        Rule.LAST_DEVICE,
        ana,
        new Body.DeviceRevoke(ana.device().keys().id(), List.of(empty(vault))));
    Computer phone = TestTeam.computer(DeviceKind.COMPUTER);
    team.post(ana, added(ana, phone));
    Body lost = new Body.DeviceRevoke(ana.device().keys().id(), List.of(empty(vault)));
    team.post(team.entry(ana, phone, lost));
    assertTrue(team.state().recipients(vault).isEmpty());
    refuses(team, Rule.DEVICE, ana, new Body.VaultCreate(TestTeam.random(16)));
    Bytes seed = TestTeam.random(1168);
    Body.MemberRekey rekey =
        new Body.MemberRekey(
            TestTeam.encryptionKey(),
            List.of(new WrappedSeed(phone.keys().id(), seed)),
            TestTeam.random(80),
            List.of(empty(vault)));
    Body.MemberRekey old =
        new Body.MemberRekey(ana.memberKey(), rekey.seeds(), rekey.previousSeed(), rekey.heads());
    refuses(team, Rule.KEY, team.entry(ana, phone, old));
    team.post(team.entry(ana, phone, rekey));
    assertEquals(Set.of(ana.id()), team.state().recipients(vault).keySet());
  }

  @Test
  @Tag("B09")
  void takesANewDeviceOnlyWithItsOwnSignature() throws Exception {
    Computer phone = TestTeam.computer(DeviceKind.COMPUTER);
    Body.DeviceAdd right = added(ana, phone);
    SignedBytes forged =
        TestTeam.sign(Label.DEVICE, right.statement().payload().toArray(), ana.device().signer());
    refuses(team, Rule.SIGNATURE, ana, new Body.DeviceAdd(forged, right.seed()));
    team.post(ana, right);
    assertEquals(2, team.state().liveDevices(ana.id()).size());
  }

  @Test
  @Tag("B19")
  void refusesKeysThatNoHonestClientMakes() throws Exception {
    Computer phone = TestTeam.computer(DeviceKind.COMPUTER);
    DeviceKeys weak =
        new DeviceKeys(
            phone.keys().id(), DeviceKind.COMPUTER, phone.keys().signingKey(), Bytes.zeros(1216));
    DeviceStatement statement = new DeviceStatement(team.state().id(), ana.id(), weak);
    SignedBytes signed =
        TestTeam.sign(Label.DEVICE, DeviceStatement.CODEC.encode(statement), phone.signer());
    refuses(
        team,
        Rule.KEY,
        ana,
        new Body.DeviceAdd(signed, new WrappedSeed(weak.id(), Bytes.zeros(1168))));
  }

  @Test
  @Tag("D07")
  @Tag("F01")
  @Tag("B02")
  void neverLetsThePolicyBecomeWeaker() throws Exception {
    team.post(ana, new Body.Policy(1, JoinMode.AFTER_CONFIRMATION));
    refuses(team, Rule.POLICY, ana, new Body.Policy(1, JoinMode.AT_ONCE));
    refuses(team, Rule.POLICY, ana, new Body.Policy(0, JoinMode.AFTER_CONFIRMATION));
    Invited place = new Invited(new InviteId(TestTeam.random(16)), TestTeam.signer());
    refuses(team, Rule.INVITE, ana, TestTeam.invitation(place, TeamRole.MEMBER, JoinMode.AT_ONCE));
  }

  private Body.DeviceAdd added(Actor who, Computer device) {
    DeviceStatement statement = new DeviceStatement(team.state().id(), who.id(), device.keys());
    return new Body.DeviceAdd(
        TestTeam.sign(Label.DEVICE, DeviceStatement.CODEC.encode(statement), device.signer()),
        new WrappedSeed(device.keys().id(), Bytes.zeros(1168)));
  }
}
