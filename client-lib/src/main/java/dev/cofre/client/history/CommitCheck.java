package dev.cofre.client.history;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.replica.Stored.Fact;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Rule;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import dev.cofre.protocol.vault.VaultRules;
import java.util.ArrayList;
import java.util.List;

/// Verifies commits that a server shows, upon an index that its caller keeps up to date.
final class CommitCheck {
  private static final String WHAT = "the vault's history";
  private static final int SEAL_LENGTH = 56;

  private final TeamHistory team;
  private final VaultIndex index;
  private final VaultAlarms alarms;

  CommitCheck(TeamHistory team, VaultIndex index, VaultAlarms alarms) {
    this.team = team;
    this.index = index;
    this.alarms = alarms;
  }

  static Signed<Commit> read(SignedBytes bytes) throws CofreException {
    try {
      return Commit.read(bytes);
    } catch (MalformedException e) {
      throw Judgement.unreadable("a commit", e);
    }
  }

  /// Whether a commit says that it follows upon the index's head.
  boolean follows(Commits.Item item) throws CofreException {
    return read(item.commit()).value().prev().equals(index.head().hash());
  }

  /// The fact of a commit that obeys the rules and whose records are those it names.
  Fact.Committed verify(Commits.Item item) throws CofreException {
    Signed<Commit> signed = read(item.commit());
    check(signed);
    return new Fact.Committed(
        signed.value().seq(),
        signed.hash(),
        signed.value().author(),
        signed.value().device(),
        signed.value().time(),
        signed.value().teamHead().seq(),
        signed.value().changes(),
        seals(signed.value(), item.records()));
  }

  private void check(Signed<Commit> signed) throws CofreException {
    try {
      VaultRules.check(team.state(), index, signed);
    } catch (RuleException e) {
      boolean ahead = signed.value().teamHead().seq() > team.state().head().seq();
      if (!Judgement.isRule(Rule.TEAM_HEAD, e) || !ahead) {
        throw alarms.broken(signed, e);
      }
      team.catchUp();
      checkAgain(signed);
    }
  }

  private void checkAgain(Signed<Commit> signed) throws CofreException {
    try {
      VaultRules.check(team.state(), index, signed);
    } catch (RuleException e) {
      throw alarms.broken(signed, e);
    }
  }

  /// Beginnings of the sealed records, each of which is what the commit names, or absent.
  static List<Bytes> seals(Commit commit, List<Commits.SealedRecord> records) throws Tampered {
    List<Change.Put> puts = commit.puts();
    if (puts.size() != records.size()) {
      throw new Tampered(WHAT);
    }
    List<Bytes> seals = new ArrayList<>(puts.size());
    for (int i = 0; i < puts.size(); i++) {
      Bytes sealed = records.get(i).sealed();
      if (sealed.length() > 0 && !Hash.sha256(sealed.toArray()).equals(puts.get(i).record())) {
        throw new Tampered("a file's record");
      }
      seals.add(sealed.slice(0, Math.min(SEAL_LENGTH, sealed.length())));
    }
    return seals;
  }
}
