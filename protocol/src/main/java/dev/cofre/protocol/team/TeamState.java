package dev.cofre.protocol.team;

import static dev.cofre.protocol.team.RuleException.require;

import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.signed.Signed;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// A team as its log says after some entry: the one definition of the rules, run by server and clients alike. Immutable, pure
/// and deterministic; [#apply] copies almost nothing. The rights table is in `docs/protocol.md`.
///
/// All sets and maps are unmodifiable and sorted by id.
public final class TeamState {
  private final Ledger ledger;

  private TeamState(Ledger ledger) {
    this.ledger = ledger;
  }

  /// The team right after its genesis entry.
  ///
  /// @throws RuleException when the entry is no genesis, or its keys or signature are not acceptable
  public static TeamState start(Signed<Entry> genesis) throws RuleException {
    Entry entry = genesis.value();
    require(
        entry.seq() == 0
            && entry.team().equals(Entry.NO_TEAM)
            && entry.prev().equals(Hash.ZERO)
            && entry.body() instanceof Body.Genesis,
        Rule.PLACE,
        "not a genesis entry");
    requireLength(genesis);
    Body.Genesis body = (Body.Genesis) entry.body();
    DeviceKeys device = body.device();
    require(entry.author().equals(body.owner()), Rule.AUTHOR, "the first owner is another");
    require(
        entry.device().equals(device.id()) && device.kind() == DeviceKind.COMPUTER,
        Rule.DEVICE,
        "not signed by the first computer");
    KeyRules.require(device);
    KeyRules.requireEncryptionKey(body.memberKey());
    KeyRules.requireSignature(genesis, Label.ENTRY, device.signingKey());
    Ledger ledger = new Ledger(new TeamId(genesis.hash().value()), body.teamProfile());
    ledger.put(
        new Member(
            body.owner(),
            TeamRole.OWNER,
            Standing.CONFIRMED,
            body.profile(),
            Optional.of(body.memberKey()),
            List.of(Member.hashOf(body.memberKey())),
            Optional.empty(),
            genesis.hash(),
            0));
    ledger.put(Device.added(device, body.owner(), 0));
    return new TeamState(ledger);
  }

  /// The team after one more entry. Checks place, author, device, signatures, right and effects; this state stays as it is.
  ///
  /// @throws RuleException with the first rule that the entry breaks
  public TeamState apply(Signed<Entry> signed) throws RuleException {
    Entry entry = signed.value();
    require(
        entry.team().equals(ledger.id)
            && entry.seq() == ledger.head.seq() + 1
            && entry.prev().equals(ledger.head.hash()),
        Rule.PLACE,
        "not the entry after this team's head");
    requireLength(signed);
    if (!(entry.body() instanceof Body.Join)) {
      requireAuthor(signed);
    }
    Ledger next = ledger.copy();
    switch (entry.body()) {
      case Body.Genesis _ -> throw new RuleException(Rule.PLACE, "a second genesis");
      case Body.Invite body -> JoinRules.invite(next, entry, body);
      case Body.InviteCancel body -> JoinRules.cancel(next, entry, body);
      case Body.Join body -> JoinRules.join(next, signed, body);
      case Body.Confirm body -> JoinRules.confirm(next, entry, body);
      case Body.MemberRemove body -> MemberRules.remove(next, entry, body);
      case Body.RoleChange body -> MemberRules.changeRole(next, entry, body);
      case Body.DeviceAdd body -> DeviceRules.add(next, entry, body);
      case Body.DeviceRevoke body -> DeviceRules.revoke(next, entry, body);
      case Body.MemberRekey body -> DeviceRules.rekey(next, entry, body);
      case Body.VaultCreate _ -> GrantRules.create(next, entry, signed.hash());
      case Body.Grant body -> GrantRules.grant(next, entry, body);
      case Body.Revoke body -> GrantRules.revoke(next, entry, body);
      case Body.Policy body -> MemberRules.setPolicy(next, entry, body);
    }
    next.advance(signed.hash());
    return new TeamState(next);
  }

  private static void requireLength(Signed<Entry> signed) throws RuleException {
    require(signed.bytes().payload().length() <= Entry.MAX_LENGTH, Rule.LIMIT, "longer than 1 MiB");
  }

  private void requireAuthor(Signed<Entry> signed) throws RuleException {
    Entry entry = signed.value();
    Member author = ledger.author(entry);
    Device device =
        ledger
            .devices
            .find(entry.device())
            .filter(d -> d.live() && d.member().equals(author.id()))
            .orElseThrow(() -> new RuleException(Rule.DEVICE, "not a live device of the author"));
    require(
        device.keys().kind() == DeviceKind.COMPUTER || entry.body() instanceof Body.DeviceAdd,
        Rule.DEVICE,
        "a recovery kit only adds devices");
    KeyRules.requireSignature(signed, Label.ENTRY, device.keys().signingKey());
  }

  /// The team's id: the hash of its genesis entry.
  public TeamId id() {
    return ledger.id;
  }

  /// The last entry applied.
  public Head head() {
    return ledger.head;
  }

  /// The hash of the entry at a place, absent beyond the head.
  public Optional<Hash> hashAt(long seq) {
    return ledger.entries.find(seq);
  }

  /// The hash of the team's profile.
  public Hash teamProfile() {
    return ledger.teamProfile;
  }

  /// The team's rules in force; in the beginning format floor 1 and joins at once.
  public Body.Policy policy() {
    return ledger.policy;
  }

  /// Everybody who ever joined, removed and waiting ones included.
  public Map<MemberId, Member> members() {
    return ledger.members;
  }

  /// All devices ever added, ended ones included.
  public Map<DeviceId, Device> devices() {
    return ledger.devices;
  }

  /// A member's devices that are not revoked, by device id: the order of the seeds of a rekey.
  public List<Device> liveDevices(MemberId member) {
    return ledger.liveDevices(member);
  }

  /// All invitations ever opened.
  public Map<InviteId, Invitation> invitations() {
    return ledger.invitations;
  }

  /// All vaults ever created.
  public Set<VaultId> vaults() {
    return Collections.unmodifiableSet(ledger.vaults.keySet());
  }

  /// Who has which role in a vault now; nobody in an unknown vault.
  public SortedMap<MemberId, VaultRole> roles(VaultId vault) {
    return Collections.unmodifiableSortedMap(
        ledger
            .vaults
            .find(vault)
            .map(VaultRights::roles)
            .orElseGet(() -> new TreeMap<>(VaultRights.BY_VALUE)));
  }

  /// The vaults in which a member has a role now: whose heads a rekey names.
  public SortedSet<VaultId> vaultsOf(MemberId member) {
    return Collections.unmodifiableSortedSet(ledger.vaultsOf(member, _ -> true));
  }

  /// The end date of a member's role in a vault, in milliseconds since 1970, where it has one.
  public Optional<Long> until(VaultId vault, MemberId member) {
    return step(vault, member).flatMap(VaultRights.Step::until);
  }

  /// The seq of the entry that gave a member the role that they have in a vault now; absent without one.
  public Optional<Long> roleSince(VaultId vault, MemberId member) {
    return step(vault, member).map(VaultRights.Step::seq);
  }

  private Optional<VaultRights.Step> step(VaultId vault, MemberId member) {
    return ledger.vaults.find(vault).flatMap(rights -> rights.current(member));
  }

  /// Whether a member has had at least a role in a vault from right after the entry `seq` on, without a break.
  public boolean keptSince(VaultId vault, MemberId member, long seq, VaultRole needed) {
    return ledger
        .vaults
        .find(vault)
        .filter(rights -> rights.keptSince(member, seq, needed))
        .isPresent();
  }

  /// For whom the keys of a vault's records are wrapped: confirmed, with a role in the vault and a key that is not void.
  public SortedMap<MemberId, Recipient> recipients(VaultId vault) {
    SortedMap<MemberId, Recipient> recipients = new TreeMap<>(VaultRights.BY_VALUE);
    for (MemberId id : roles(vault).keySet()) {
      ledger
          .confirmed(id)
          .flatMap(Member::memberKey)
          .ifPresent(key -> recipients.put(id, new Recipient(id, key, Member.hashOf(key))));
    }
    return Collections.unmodifiableSortedMap(recipients);
  }

  /// The vaults in which the member can write: whose heads a removal or the end of a device names, in this order.
  public SortedSet<VaultId> writableBy(MemberId member) {
    return Collections.unmodifiableSortedSet(ledger.writableBy(member));
  }

  /// The vaults that lose their last manager, or the last member of all, once the member is gone: what a removal must list, in
  /// this order.
  public SortedSet<VaultId> abandonedBy(MemberId leaving) {
    return Collections.unmodifiableSortedSet(ledger.abandonedBy(leaving));
  }

  /// The seq of the last entry that changed a vault's recipients, keys or roles; -1 for an unknown vault.
  public long lastChange(VaultId vault) {
    return ledger.vaults.find(vault).map(VaultRights::lastChange).orElse(-1L);
  }

  /// What a device of a member could do in a vault right after the entry `teamSeq`, and the tightest head named by any later
  /// entry, up to this state's, that ended it. Absent when it could do nothing.
  public Optional<WriteRight> writeRight(
      VaultId vault, MemberId member, DeviceId device, long teamSeq) {
    Optional<Device> signer =
        ledger
            .devices
            .find(device)
            .filter(d -> d.member().equals(member) && d.liveAt(teamSeq))
            .filter(d -> d.keys().kind() == DeviceKind.COMPUTER);
    return signer.flatMap(d ->
        ledger
            .vaults
            .find(vault)
            .flatMap(rights -> rights.rightAt(member, teamSeq))
            .map(right -> right.within(Optional.ofNullable(d.last().get(vault)))));
  }

  /// Every head of a vault that the log names, its empty beginning first, by place. One that is not in the vault's chain is
  /// a fork.
  public List<VaultHead> namedHeads(VaultId vault) {
    return ledger.vaults.find(vault).map(VaultRights::namedHeads).orElse(List.of()).stream()
        .map(head -> new VaultHead(vault, head))
        .toList();
  }

  /// The hash that the log names for a place of a vault's chain, where it names one.
  public Optional<Hash> namedHash(VaultId vault, long seq) {
    return ledger.vaults.find(vault).flatMap(rights -> rights.named().find(seq));
  }
}
