package dev.cofre.protocol.team;

import static dev.cofre.protocol.team.RuleException.require;

import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.team.Invitation.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Removing members, their roles in the team, and the team's policy.
final class MemberRules {
  private MemberRules() {}

  static void remove(Ledger ledger, Entry entry, Body.MemberRemove body) throws RuleException {
    Member author = ledger.author(entry);
    Member leaving = ledger.subject(body.member());
    requireMayEnd(author, leaving);
    require(!ledger.isLastOwner(leaving), Rule.LAST_OWNER, "the last owner stays");
    require(
        body.abandoned().equals(List.copyOf(ledger.abandonedBy(leaving.id()))),
        Rule.ABANDONS_VAULT,
        "not exactly the vaults left without a manager or anybody, by vault id");
    Map<VaultId, Head> heads = ledger.nameExactly(ledger.writableBy(leaving.id()), body.heads());
    end(ledger, leaving, entry.seq(), heads);
    ledger.replaceInvitations(
        i -> i.open() && i.inviter().equals(leaving.id()) ? i.now(new State.Cancelled()) : i);
  }

  /// Owners end anybody, admins those of role member, everybody themselves.
  static void requireMayEnd(Member author, Member subject) throws RuleException {
    require(
        author.id().equals(subject.id())
            || author.role() == TeamRole.OWNER
            || (author.role() == TeamRole.ADMIN && subject.role() == TeamRole.MEMBER),
        Rule.ROLE_TOO_LOW,
        "only an owner, an admin for plain members, and the member themselves");
  }

  /// Ends roles in all vaults and all devices.
  static void end(Ledger ledger, Member leaving, long seq, Map<VaultId, Head> heads)
      throws RuleException {
    MemberId id = leaving.id();
    for (VaultId vault : ledger.vaultsOf(id, _ -> true)) {
      Optional<Head> head = Optional.ofNullable(heads.get(vault));
      ledger.put(
          ledger
              .vault(vault)
              .stepped(id, new VaultRights.Step(seq, Optional.empty(), Optional.empty(), head)));
    }
    for (Device device : ledger.liveDevices(id)) {
      ledger.put(device.ended(seq, heads));
    }
    ledger.put(leaving.now(Standing.REMOVED));
  }

  static void changeRole(Ledger ledger, Entry entry, Body.RoleChange body) throws RuleException {
    require(ledger.author(entry).role() == TeamRole.OWNER, Rule.ROLE_TOO_LOW, "only an owner");
    Member subject = ledger.subject(body.member());
    require(subject.role() != body.role(), Rule.NO_CHANGE, "the member has this role");
    require(!ledger.isLastOwner(subject), Rule.LAST_OWNER, "the last owner stays owner");
    ledger.put(subject.as(body.role()));
  }

  static void setPolicy(Ledger ledger, Entry entry, Body.Policy body) throws RuleException {
    require(ledger.author(entry).role() == TeamRole.OWNER, Rule.ROLE_TOO_LOW, "only an owner");
    require(
        body.formatFloor() >= ledger.policy.formatFloor()
            && body.joins().compareTo(ledger.policy.joins()) >= 0,
        Rule.POLICY,
        "no part of the policy can become weaker");
    ledger.policy = body;
  }
}
