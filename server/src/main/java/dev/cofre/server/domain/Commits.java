package dev.cofre.server.domain;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits.Append;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Channel;
import dev.cofre.protocol.vault.Commit;
import dev.cofre.protocol.vault.VaultRules;
import dev.cofre.server.store.CommitRows;
import dev.cofre.server.store.CommitTables;
import dev.cofre.server.store.Raw;
import dev.cofre.server.store.Statistics;
import dev.cofre.server.store.Transactions;
import dev.cofre.server.store.VaultRow;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Growing the histories of vaults. The vault's row is locked; what the team log says is read after that, so that no entry
/// about this vault can come in between.
@Singleton
public class Commits {
  private final CommitTables tables;
  private final CommitRows commits;
  private final TeamStates states;
  private final Channels channels;
  private final Revisions revisions;
  private final Sends sends;
  private final Turns turns;
  private final Transactions transactions;
  private final Statistics statistics;
  private final InstantSource clock;

  Commits(
      CommitTables tables,
      CommitRows commits,
      TeamStates states,
      Channels channels,
      Revisions revisions,
      Sends sends,
      Turns turns,
      Transactions transactions,
      Statistics statistics,
      InstantSource clock) {
    this.tables = tables;
    this.commits = commits;
    this.states = states;
    this.channels = channels;
    this.revisions = revisions;
    this.sends = sends;
    this.turns = turns;
    this.transactions = transactions;
    this.statistics = statistics;
    this.clock = clock;
  }

  /// Appends a commit. Repeating it is harmless.
  public Head append(TeamId team, VaultId vault, Append request) {
    Signed<Commit> commit = read(request);
    Refusal.unless(
        commit.value().team().equals(team) && commit.value().vault().equals(vault),
        Problem.RULE_BROKEN,
        "a commit of another vault");
    Clocks.requireNotAhead(commit.value().time(), clock);
    requireRecords(commit.value(), request);
    List<Signed<Channel>> brought = Channels.read(request.channels(), request.bundles());
    Head head =
        turns.take(
            team,
            vault,
            () -> transactions.write(() -> appendLocked(team, vault, commit, request, brought)));
    statistics.grew(request.records().size());
    return head;
  }

  private Head appendLocked(
      TeamId team,
      VaultId vault,
      Signed<Commit> signed,
      Append request,
      List<Signed<Channel>> brought) {
    Commit commit = signed.value();
    CommitTables.Found found =
        tables
            .lock(team.value(), vault.value(), named(commit, request, brought), clock.millis())
            .orElseThrow(Refusal::notFound);
    VaultRow row = found.vault();
    Head head = new Head(commit.seq(), signed.hash());
    if (isStored(row, head)) {
      return head;
    }
    TeamState state = states.at(team, found.team());
    requirePlace(state, row, commit);
    requireNoHold(state, found.holds(), commit);
    RowsOfVault view = new RowsOfVault(found, sends.named(row, commit));
    try {
      VaultRules.check(state, view, signed);
    } catch (RuleException broken) {
      throw Refusal.of(broken);
    }
    requireRecipients(state, commit, request.bundles());
    channels.require(state, vault, commit.author(), brought, request.bundles(), found.channels());
    revisions.store(
        row,
        view,
        signed,
        request.records(),
        Bundles.rows(row, commit.seq(), commit.author(), request.bundles()),
        clock.millis());
    return head;
  }

  private static CommitTables.Named named(
      Commit commit, Append request, List<Signed<Channel>> brought) {
    return new CommitTables.Named(
        Raw.of(List.of(commit.author(), commit.device())),
        Raw.of(RowsOfVault.files(commit)),
        Raw.of(RowsOfVault.revisions(commit)),
        Raw.of(Channels.notBrought(brought, request.bundles())));
  }

  private boolean isStored(VaultRow row, Head head) {
    return head.seq() <= row.seq()
        && commits
            .at(row.team(), row.vault(), head.seq())
            .filter(stored -> stored.hash().equals(head.hash().value()))
            .isPresent();
  }

  private static void requirePlace(TeamState state, VaultRow row, Commit commit) {
    Refusal.unless(
        commit.seq() == row.seq() + 1 && commit.prev().value().equals(row.hash()),
        Problem.STALE_HEAD,
        "not the commit after the vault's head");
    Refusal.unless(
        commit.teamHead().seq() >= state.lastChange(commit.vault()),
        Problem.STALE_TEAM,
        "members, keys or roles changed after the commit's team head");
  }

  private void requireNoHold(TeamState state, long holds, Commit commit) {
    Refusal.unless(
        holds == 0, Problem.WRITES_HELD, "an entry that ends this right to write is under way");
    Optional<Long> until = state.until(commit.vault(), commit.author());
    Refusal.unless(
        until.filter(end -> end <= clock.millis()).isEmpty(),
        Problem.GRANT_ENDED,
        "the author's access to the vault ended on its date");
  }

  private static void requireRecipients(TeamState state, Commit commit, List<Bundle> bundles) {
    int puts = commit.puts().size();
    Set<MemberId> expected = puts == 0 ? Set.of() : state.recipients(commit.vault()).keySet();
    Set<MemberId> given = bundles.stream().map(Bundle::recipient).collect(Collectors.toSet());
    boolean whole =
        bundles.stream()
            .allMatch(b ->
                b.runs().size() == 1
                    && b.runs().getFirst().seq() == commit.seq()
                    && b.runs().getFirst().first() == 0
                    && b.wraps() == puts);
    Refusal.unless(
        bundles.size() == given.size() && given.equals(expected) && whole,
        Problem.WRONG_RECIPIENTS,
        "bundles do not cover exactly the vault's recipients and the commit's puts");
  }

  private static void requireRecords(Commit commit, Append request) {
    List<Change.Put> puts = commit.puts();
    boolean right = puts.size() == request.records().size();
    for (int i = 0; right && i < puts.size(); i++) {
      byte[] sealed = request.records().get(i).sealed().toArray();
      right = sealed.length > 0 && Hash.sha256(sealed).equals(puts.get(i).record());
    }
    Refusal.unless(right, Problem.RULE_BROKEN, "the sealed records are not those of the puts");
  }

  private static Signed<Commit> read(Append request) {
    try {
      return Commit.read(request.commit());
    } catch (MalformedException malformed) {
      throw Refusal.of(malformed);
    }
  }
}
