package dev.cofre.protocol.team;

import static dev.cofre.protocol.team.RuleException.require;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.tree.PersistentMap;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The tables behind a [TeamState]. Appliers change a copy that nobody else sees yet; a published one is never changed.
final class Ledger {
  final TeamId id;
  final Hash teamProfile;
  Head head;
  Body.Policy policy = new Body.Policy(1, JoinMode.AT_ONCE);
  PersistentMap<Long, Hash> entries = PersistentMap.empty(Comparator.naturalOrder());
  PersistentMap<MemberId, Member> members = PersistentMap.empty(VaultRights.BY_VALUE);
  PersistentMap<DeviceId, Device> devices = PersistentMap.empty(VaultRights.BY_VALUE);
  PersistentMap<InviteId, Invitation> invitations = PersistentMap.empty(VaultRights.BY_VALUE);
  PersistentMap<VaultId, VaultRights> vaults = PersistentMap.empty(VaultRights.BY_VALUE);

  Ledger(TeamId id, Hash teamProfile) {
    this.id = id;
    this.teamProfile = teamProfile;
    this.head = new Head(0, new Hash(id.value()));
    this.entries = entries.with(0L, head.hash());
  }

  private Ledger(Ledger other) {
    id = other.id;
    teamProfile = other.teamProfile;
    head = other.head;
    policy = other.policy;
    entries = other.entries;
    members = other.members;
    devices = other.devices;
    invitations = other.invitations;
    vaults = other.vaults;
  }

  Ledger copy() {
    return new Ledger(this);
  }

  void advance(Hash hash) {
    head = new Head(head.seq() + 1, hash);
    entries = entries.with(head.seq(), hash);
  }

  void put(Member member) {
    members = members.with(member.id(), member);
  }

  void put(Device device) {
    devices = devices.with(device.keys().id(), device);
  }

  void put(Invitation invitation) {
    invitations = invitations.with(invitation.invite().invite(), invitation);
  }

  void put(VaultRights rights) {
    vaults = vaults.with(rights.vault(), rights);
  }

  Optional<Member> confirmed(MemberId member) {
    return members.find(member).filter(Member::confirmed);
  }

  /// The confirmed member that an entry is about.
  Member subject(MemberId member) throws RuleException {
    return confirmed(member)
        .orElseThrow(() -> new RuleException(Rule.SUBJECT, "not a confirmed member"));
  }

  /// The confirmed member that wrote an entry; checked before the body is looked at.
  Member author(Entry entry) throws RuleException {
    return confirmed(entry.author())
        .orElseThrow(() -> new RuleException(Rule.AUTHOR, "the author is not a confirmed member"));
  }

  VaultRights vault(VaultId vault) throws RuleException {
    return vaults
        .find(vault)
        .orElseThrow(() -> new RuleException(Rule.VAULT, "no such vault in this team"));
  }

  Optional<VaultRole> role(VaultId vault, MemberId member) {
    return vaults.find(vault).flatMap(rights -> rights.role(member));
  }

  boolean manages(MemberId member, VaultId vault) {
    return role(vault, member).filter(VaultRole.MANAGER::equals).isPresent();
  }

  List<Device> liveDevices(MemberId member) {
    return devices.values().stream().filter(d -> d.live() && d.member().equals(member)).toList();
  }

  boolean isLastOwner(Member member) {
    return member.confirmed()
        && member.role() == TeamRole.OWNER
        && members.values().stream()
            .noneMatch(
                m -> m.confirmed() && m.role() == TeamRole.OWNER && !m.id().equals(member.id()));
  }

  /// The vaults in which the member has a role that passes the test, sorted.
  SortedSet<VaultId> vaultsOf(MemberId member, Predicate<VaultRole> test) {
    SortedSet<VaultId> found = new TreeSet<>(VaultRights.BY_VALUE);
    for (VaultRights rights : vaults.values()) {
      if (rights.role(member).filter(test).isPresent()) {
        found.add(rights.vault());
      }
    }
    return found;
  }

  SortedSet<VaultId> writableBy(MemberId member) {
    return vaultsOf(member, role -> role.atLeast(VaultRole.EDITOR));
  }

  /// The vaults that lose their last manager, or the last member of all, once the member is gone.
  SortedSet<VaultId> abandonedBy(MemberId leaving) {
    SortedSet<VaultId> found = new TreeSet<>(VaultRights.BY_VALUE);
    for (VaultRights rights : vaults.values()) {
      if (rights.abandonedBy(leaving)) {
        found.add(rights.vault());
      }
    }
    return found;
  }

  /// Refuses an encryption key that anybody in the team has or had: what is wrapped for one member could then be said to be for another.
  void requireUnusedKey(Bytes memberKey) throws RuleException {
    Hash hash = Member.hashOf(memberKey);
    require(
        members.values().stream().noneMatch(member -> member.keys().contains(hash)),
        Rule.KEY,
        "an encryption key that a member has or had");
  }

  /// Refuses a role in one more vault than one entry can name.
  void requireRoomForVault(MemberId member) throws RuleException {
    require(
        vaults.size() < Body.MAX_VAULTS || vaultsOf(member, _ -> true).size() < Body.MAX_VAULTS,
        Rule.LIMIT,
        "the member is in as many vaults as one entry can name");
  }

  void name(VaultHead named) throws RuleException {
    put(vault(named.vault()).naming(named.head()));
  }

  /// Notes heads that name exactly the expected vaults in order.
  Map<VaultId, Head> nameExactly(SortedSet<VaultId> expected, List<VaultHead> heads)
      throws RuleException {
    require(
        heads.stream().map(VaultHead::vault).toList().equals(List.copyOf(expected)),
        Rule.HEADS,
        "the heads are not exactly those of the vaults concerned, by vault id");
    Map<VaultId, Head> byVault = new HashMap<>();
    for (VaultHead named : heads) {
      name(named);
      byVault.put(named.vault(), named.head());
    }
    return byVault;
  }

  /// Marks every vault in which the member has a role as changed by the entry being applied.
  void changeVaultsOf(MemberId member, long seq) throws RuleException {
    for (VaultId vault : vaultsOf(member, _ -> true)) {
      put(vault(vault).changed(seq));
    }
  }

  void replaceInvitations(UnaryOperator<Invitation> change) {
    for (Invitation invitation : invitations.values()) {
      Invitation changed = change.apply(invitation);
      if (!changed.equals(invitation)) {
        put(changed);
      }
    }
  }
}
