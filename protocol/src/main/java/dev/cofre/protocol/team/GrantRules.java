package dev.cofre.protocol.team;

import static dev.cofre.protocol.team.RuleException.require;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import java.util.Optional;

/// Vaults, and who has which role in them.
final class GrantRules {
  private GrantRules() {}

  static void create(Ledger ledger, Entry entry, Hash hash) throws RuleException {
    Member author = ledger.author(entry);
    require(author.memberKey().isPresent(), Rule.KEY, "the author's encryption key is void");
    ledger.requireRoomForVault(author.id());
    ledger.put(VaultRights.created(new VaultId(hash.value()), author.id(), entry.seq()));
  }

  static void grant(Ledger ledger, Entry entry, Body.Grant body) throws RuleException {
    VaultRights rights = ledger.vault(body.vault().vault());
    require(
        rights.permits(entry.author(), VaultRole.MANAGER),
        Rule.VAULT_ROLE_TOO_LOW,
        "only a manager of the vault");
    Member subject = ledger.subject(body.member());
    Optional<VaultRights.Step> before = rights.current(subject.id());
    VaultRights.Step after =
        new VaultRights.Step(
            entry.seq(), Optional.of(body.role()), body.until(), Optional.of(body.vault().head()));
    if (before.isPresent()) {
      require(
          !before.get().role().equals(after.role()) || !before.get().until().equals(after.until()),
          Rule.NO_CHANGE,
          "the member has this role until then");
      require(
          before.get().below(VaultRole.MANAGER)
              || body.role() == VaultRole.MANAGER
              || rights.managedWithout(subject.id()),
          Rule.LAST_MANAGER,
          "the last manager stays manager");
    } else {
      ledger.requireRoomForVault(subject.id());
    }
    ledger.put(rights.naming(body.vault().head()).stepped(subject.id(), after));
  }

  static void revoke(Ledger ledger, Entry entry, Body.Revoke body) throws RuleException {
    VaultRights rights = ledger.vault(body.vault().vault());
    MemberId subject = body.member();
    VaultRights.Step before =
        rights
            .current(subject)
            .orElseThrow(() -> new RuleException(Rule.SUBJECT, "no role in the vault"));
    boolean over = before.until().filter(end -> end <= entry.time()).isPresent();
    require(
        entry.author().equals(subject)
            || rights.permits(entry.author(), over ? VaultRole.EDITOR : VaultRole.MANAGER),
        Rule.VAULT_ROLE_TOO_LOW,
        "only a manager, the member themselves, and editors once the end date is past");
    require(
        rights.abandonedBy(subject) == (body.abandon() == Body.Abandon.ABANDONED),
        Rule.ABANDONS_VAULT,
        "says otherwise than it does to the vault's last manager or member");
    ledger.put(
        rights
            .naming(body.vault().head())
            .stepped(
                subject,
                new VaultRights.Step(
                    entry.seq(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(body.vault().head()))));
  }
}
