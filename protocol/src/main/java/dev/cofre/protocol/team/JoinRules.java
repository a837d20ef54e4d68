package dev.cofre.protocol.team;

import static dev.cofre.protocol.team.RuleException.require;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Invitation.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// How somebody becomes a member: invite, cancel, join, confirm.
final class JoinRules {
  private JoinRules() {}

  static void invite(Ledger ledger, Entry entry, Body.Invite body) throws RuleException {
    Member author = ledger.author(entry);
    require(ledger.invitations.find(body.invite()).isEmpty(), Rule.TAKEN, "a known invitation id");
    KeyRules.requireSigningKey(body.key());
    requireMayInvite(ledger, Optional.of(author), body, Rule.ROLE_TOO_LOW, Rule.VAULT_ROLE_TOO_LOW);
    boolean mustWait =
        body.role().atLeast(TeamRole.ADMIN) || ledger.policy.joins() == JoinMode.AFTER_CONFIRMATION;
    require(
        !mustWait || body.mode() == JoinMode.AFTER_CONFIRMATION,
        Rule.INVITE,
        "such a join must wait for the confirmation");
    SortedSet<VaultId> promisedVaults = new TreeSet<>(VaultRights.BY_VALUE);
    body.vaults().forEach(promised -> promisedVaults.add(promised.vault().vault()));
    ledger.nameExactly(promisedVaults, body.vaults().stream().map(VaultGrant::vault).toList());
    ledger.put(new Invitation(body, author.id(), entry.seq(), new State.Open()));
  }

  /// Whether the inviter may, as things are in the ledger, invite so.
  private static void requireMayInvite(
      Ledger ledger, Optional<Member> inviter, Body.Invite invite, Rule rank, Rule manager)
      throws RuleException {
    TeamRole needed = invite.role() == TeamRole.MEMBER ? TeamRole.ADMIN : TeamRole.OWNER;
    require(
        inviter.filter(m -> m.confirmed() && m.role().atLeast(needed)).isPresent(),
        rank,
        "admins and owners invite members, only owners invite admins and owners");
    for (VaultGrant promised : invite.vaults()) {
      ledger.vault(promised.vault().vault());
      require(
          inviter.filter(m -> ledger.manages(m.id(), promised.vault().vault())).isPresent(),
          manager,
          "only a vault's managers promise it");
    }
  }

  static void cancel(Ledger ledger, Entry entry, Body.InviteCancel body) throws RuleException {
    Member author = ledger.author(entry);
    Invitation invitation = invitation(ledger, body.invite());
    require(
        author.id().equals(invitation.inviter())
            || author.role() == TeamRole.OWNER
            || (author.role() == TeamRole.ADMIN && !byOwner(ledger, invitation)),
        Rule.ROLE_TOO_LOW,
        "only the inviter, admins and owners, and an owner's only owners");
    switch (invitation.state()) {
      case State.Open() -> {}
      case State.Waiting(MemberId waiting) -> {
        Optional<Member> declined = ledger.members.find(waiting);
        if (declined.isPresent()) {
          MemberRules.end(ledger, declined.get(), entry.seq(), Map.of());
        }
      }
      case State.Used(_), State.Cancelled() ->
          throw new RuleException(Rule.INVITE, "neither open nor waiting");
    }
    ledger.put(invitation.now(new State.Cancelled()));
  }

  private static boolean byOwner(Ledger ledger, Invitation invitation) {
    return ledger
        .members
        .find(invitation.inviter())
        .filter(m -> m.role() == TeamRole.OWNER)
        .isPresent();
  }

  private static Invitation invitation(Ledger ledger, InviteId id) throws RuleException {
    return ledger
        .invitations
        .find(id)
        .orElseThrow(() -> new RuleException(Rule.INVITE, "no such invitation"));
  }

  /// Checks everything about a join, its outer signature included, because its author is not a member yet.
  static void join(Ledger ledger, Signed<Entry> signed, Body.Join body) throws RuleException {
    Entry entry = signed.value();
    Signed<JoinStatement> statement =
        KeyRules.read(Label.JOIN, JoinStatement.CODEC, body.statement());
    JoinStatement who = statement.value();
    DeviceKeys device = who.device();
    require(
        who.team().equals(ledger.id)
            && entry.author().equals(who.member())
            && entry.device().equals(device.id())
            && device.kind() == DeviceKind.COMPUTER,
        Rule.STATEMENT,
        "of another team, member or device than the entry");
    Invitation invitation = invitation(ledger, who.invite());
    require(invitation.open(), Rule.INVITE, "not open");
    require(
        ledger.members.find(who.member()).isEmpty() && ledger.devices.find(device.id()).isEmpty(),
        Rule.TAKEN,
        "a known member or device id");
    KeyRules.require(device);
    KeyRules.requireEncryptionKey(who.memberKey());
    ledger.requireUnusedKey(who.memberKey());
    KeyRules.requireSignature(statement, Label.JOIN, invitation.invite().key());
    KeyRules.requireSignature(signed, Label.ENTRY, device.signingKey());
    requireInviter(ledger, invitation);
    admit(ledger, invitation, who, entry.seq(), signed.hash());
  }

  private static void requireInviter(Ledger ledger, Invitation invitation) throws RuleException {
    requireMayInvite(
        ledger,
        ledger.confirmed(invitation.inviter()),
        invitation.invite(),
        Rule.INVITER,
        Rule.INVITER);
  }

  private static void admit(
      Ledger ledger, Invitation invitation, JoinStatement who, long seq, Hash join)
      throws RuleException {
    boolean atOnce =
        invitation.invite().mode() == JoinMode.AT_ONCE && ledger.policy.joins() == JoinMode.AT_ONCE;
    Member member =
        new Member(
            who.member(),
            invitation.invite().role(),
            atOnce ? Standing.CONFIRMED : Standing.WAITING,
            who.profile(),
            Optional.of(who.memberKey()),
            List.of(Member.hashOf(who.memberKey())),
            Optional.of(who.invite()),
            join,
            seq);
    ledger.put(member);
    ledger.put(Device.added(who.device(), who.member(), seq));
    if (atOnce) {
      settle(ledger, invitation, who.member(), seq);
    } else {
      ledger.put(invitation.now(new State.Waiting(who.member())));
    }
  }

  static void confirm(Ledger ledger, Entry entry, Body.Confirm body) throws RuleException {
    Member author = ledger.author(entry);
    Member waiting =
        ledger
            .members
            .find(body.member())
            .filter(m -> m.standing() == Standing.WAITING && m.join().equals(body.join()))
            .orElseThrow(() -> new RuleException(Rule.JOIN, "no such join waits"));
    Invitation invitation = invitation(ledger, waiting.invite().orElseThrow());
    require(
        author.id().equals(invitation.inviter())
            || author.role() == TeamRole.OWNER
            || (author.role() == TeamRole.ADMIN && waiting.role() == TeamRole.MEMBER),
        Rule.ROLE_TOO_LOW,
        "only the inviter, owners, and admins for plain members");
    requireInviter(ledger, invitation);
    ledger.put(waiting.now(Standing.CONFIRMED));
    settle(ledger, invitation, waiting.id(), entry.seq());
  }

  private static void settle(Ledger ledger, Invitation invitation, MemberId member, long seq)
      throws RuleException {
    for (VaultGrant promised : invitation.invite().vaults()) {
      VaultRights rights = ledger.vault(promised.vault().vault());
      ledger.put(
          rights.stepped(
              member,
              new VaultRights.Step(
                  seq,
                  Optional.of(promised.role()),
                  Optional.empty(),
                  Optional.of(promised.vault().head()))));
    }
    ledger.put(invitation.now(new State.Used(member)));
  }
}
