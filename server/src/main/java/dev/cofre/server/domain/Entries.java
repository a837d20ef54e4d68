package dev.cofre.server.domain;

import dev.cofre.protocol.Head;
import dev.cofre.protocol.Id;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Teams.Append;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.server.store.EntryRows;
import dev.cofre.server.store.HoldRows;
import dev.cofre.server.store.ProfileRows;
import dev.cofre.server.store.Raw;
import dev.cofre.server.store.TeamRow;
import dev.cofre.server.store.TeamRows;
import dev.cofre.server.store.Transactions;
import dev.cofre.server.store.VaultRow;
import dev.cofre.server.store.VaultRows;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Growing team logs. The team's row is locked first, then the rows of the vaults concerned in the order of their ids.
@Singleton
public class Entries {
  private static final Duration HOLD = Duration.ofSeconds(60);

  private final TeamRows teams;
  private final EntryRows entries;
  private final ProfileRows profiles;
  private final VaultRows vaults;
  private final HoldRows holds;
  private final TeamStates states;
  private final NamedHeads namedHeads;
  private final Consequences consequences;
  private final Turns turns;
  private final Transactions transactions;
  private final InstantSource clock;

  Entries(
      TeamRows teams,
      EntryRows entries,
      ProfileRows profiles,
      VaultRows vaults,
      HoldRows holds,
      TeamStates states,
      NamedHeads namedHeads,
      Consequences consequences,
      Turns turns,
      Transactions transactions,
      InstantSource clock) {
    this.teams = teams;
    this.entries = entries;
    this.profiles = profiles;
    this.vaults = vaults;
    this.holds = holds;
    this.states = states;
    this.namedHeads = namedHeads;
    this.consequences = consequences;
    this.turns = turns;
    this.transactions = transactions;
    this.clock = clock;
  }

  /// Appends an entry, by a member who asks.
  public Head append(TeamId team, Append request) {
    return append(team, request, Optional.empty());
  }

  /// Appends the join of an invitation, by whoever holds its secret.
  public Head join(TeamId team, InviteId invite, Append request) {
    return append(team, request, Optional.of(invite));
  }

  private Head append(TeamId team, Append request, Optional<InviteId> asInvited) {
    Signed<Entry> entry = Teams.read(request.entry());
    Optional<InviteId> joins = Joins.inviteOf(entry.value().body());
    Refusal.unless(
        asInvited.isEmpty() || joins.equals(asInvited),
        Problem.NOT_ALLOWED,
        "an invitation appends its own join and nothing else");
    Clocks.requireNotAhead(entry.value().time(), clock);
    Optional<Profile> profile = Joins.requireProfile(entry.value().body(), request.profile());
    Optional<Refusal> refused =
        turns.take(team, team, () -> transactions.write(() -> appendLocked(team, entry, profile)));
    if (refused.isPresent()) {
      throw refused.get();
    }
    return new Head(entry.value().seq(), entry.hash());
  }

  /// Returns a refusal that is to be committed with what it leaves behind; throws any other.
  private Optional<Refusal> appendLocked(
      TeamId team, Signed<Entry> entry, Optional<Profile> profile) {
    TeamRow row = teams.lock(team.value()).orElseThrow(Refusal::notFound);
    if (isStored(team, entry, row)) {
      return Optional.empty();
    }
    TeamState before = states.exactly(team, row);
    Joins.requireUsable(entry.value().body(), before, clock.instant());
    TeamState after = apply(before, entry);
    requireOverIfEndedByDate(entry.value(), before);
    Map<VaultId, VaultRow> locked = lock(team, entry.value(), after);
    Optional<Refusal> refused = checkHeads(team, entry.value().body(), before, locked);
    if (refused.isPresent()) {
      return refused;
    }
    entries.insert(Teams.row(team, entry, clock.millis()));
    teams.advance(team.value(), after.head().seq(), after.head().hash().value());
    profile.ifPresent(p -> profiles.insertAll(List.of(Teams.row(team, p))));
    consequences.follow(entry, before);
    return Optional.empty();
  }

  private boolean isStored(TeamId team, Signed<Entry> entry, TeamRow row) {
    return entry.value().seq() <= row.seq()
        && entries
            .at(team.value(), entry.value().seq())
            .filter(stored -> stored.hash().equals(entry.hash().value()))
            .isPresent();
  }

  private static TeamState apply(TeamState before, Signed<Entry> entry) {
    Refusal.unless(
        entry.value().team().equals(before.id()), Problem.RULE_BROKEN, "an entry of another team");
    try {
      return before.apply(entry);
    } catch (RuleException broken) {
      throw Joins.refusal(entry.value().body(), broken);
    }
  }

  /// An editor ends another's role only once its date is past, and that by this server's clock: the entry's own time is its author's
  /// word.
  private void requireOverIfEndedByDate(Entry entry, TeamState before) {
    if (entry.body() instanceof Body.Revoke revoke) {
      VaultId vault = revoke.vault().vault();
      boolean byRight =
          entry.author().equals(revoke.member())
              || before.roles(vault).get(entry.author()) == VaultRole.MANAGER;
      Refusal.unless(
          byRight
              || before
                  .until(vault, revoke.member())
                  .filter(end -> end <= clock.millis())
                  .isPresent(),
          Problem.NOT_ALLOWED,
          "the role's date is not past by the server's clock");
    }
  }

  private Map<VaultId, VaultRow> lock(TeamId team, Entry entry, TeamState after) {
    Stream<VaultId> named = entry.body().namedHeads().stream().map(VaultHead::vault);
    Stream<VaultId> changed =
        after.vaults().stream().filter(v -> after.lastChange(v) == entry.seq());
    Set<VaultId> concerned = Stream.concat(named, changed).collect(Collectors.toSet());
    Map<VaultId, VaultRow> locked = new HashMap<>();
    if (!concerned.isEmpty()) {
      vaults
          .lockAll(team.value(), Raw.of(concerned))
          .forEach(row -> locked.put(new VaultId(row.vault()), row));
    }
    return locked;
  }

  private Optional<Refusal> checkHeads(
      TeamId team, Body body, TeamState before, Map<VaultId, VaultRow> locked) {
    List<VaultHead> heads = body.namedHeads();
    Refusal.unless(
        heads.stream().allMatch(named -> namedHeads.isInChain(team, named, locked)),
        Problem.RULE_BROKEN,
        "a named head is not in its vault");
    Optional<Id> ended = NamedHeads.endedBy(body, before);
    boolean wrote =
        ended
            .filter(subject ->
                heads.stream().anyMatch(h -> namedHeads.wroteBeyond(team, h, subject, locked)))
            .isPresent();
    if (wrote) {
      heads.forEach(named -> hold(team, named.vault(), ended.orElseThrow()));
      return Optional.of(
          new Refusal(
              Problem.SUBJECT_WROTE,
              "there are commits beyond a named head: catch up, sign again"));
    }
    return Optional.empty();
  }

  private void hold(TeamId team, VaultId vault, Id subject) {
    long now = clock.millis();
    holds.hold(team.value(), vault.value(), subject.value(), now + HOLD.toMillis(), now);
  }
}
