package dev.cofre.server.domain;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Teams.Create;
import dev.cofre.protocol.api.Teams.LogPage;
import dev.cofre.protocol.api.Teams.Profiles;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.server.store.EntryRow;
import dev.cofre.server.store.EntryRows;
import dev.cofre.server.store.ProfileRow;
import dev.cofre.server.store.ProfileRows;
import dev.cofre.server.store.SizeRow;
import dev.cofre.server.store.TeamRows;
import dev.cofre.server.store.Transactions;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/// Teams: registering one, reading its log and its profiles.
@Singleton
public class Teams {
  private static final int PAGE = 500;
  private static final long PAGE_BYTES = 8 << 20;

  private final TeamRows teams;
  private final EntryRows entries;
  private final ProfileRows profiles;
  private final Registration registration;
  private final Transactions transactions;
  private final InstantSource clock;

  Teams(
      TeamRows teams,
      EntryRows entries,
      ProfileRows profiles,
      Registration registration,
      Transactions transactions,
      InstantSource clock) {
    this.teams = teams;
    this.entries = entries;
    this.profiles = profiles;
    this.registration = registration;
    this.transactions = transactions;
    this.clock = clock;
  }

  /// Registers a team by its genesis. Repeating it is harmless.
  public TeamId create(Create request) {
    registration.require(request.registrationToken());
    Signed<Entry> genesis = read(request.genesis());
    TeamState state = start(genesis);
    Body.Genesis body = (Body.Genesis) genesis.value().body();
    Refusal.unless(
        request.team().hash().equals(body.teamProfile())
            && request.owner().hash().equals(body.profile()),
        Problem.MALFORMED,
        "the profiles are not those of the genesis");
    Clocks.requireNotAhead(genesis.value().time(), clock);
    requirePlain(request.team());
    requirePlain(request.owner());
    transactions.write(() -> {
      insert(state, genesis, List.of(request.team(), request.owner()));
      return state;
    });
    return state.id();
  }

  private void insert(TeamState state, Signed<Entry> genesis, List<Profile> brought) {
    Hash hash = state.head().hash();
    if (teams.insert(state.id().value(), 0, hash.value(), clock.millis()) == 1) {
      entries.insert(row(state.id(), genesis, clock.millis()));
      profiles.insertAll(brought.stream().map(p -> row(state.id(), p)).toList());
    }
  }

  /// The log above a place, cut so that a page stays below 8 MiB but holds at least one entry.
  public LogPage log(TeamState team, long after) {
    long budget = PAGE_BYTES;
    int count = 0;
    for (SizeRow size : entries.sizes(team.id().value(), after, PAGE)) {
      budget -= size.size();
      if (count > 0 && budget < 0) {
        break;
      }
      count++;
    }
    List<EntryRow> rows = count == 0 ? List.of() : entries.after(team.id().value(), after, count);
    Head head =
        rows.isEmpty() || rows.getLast().seq() <= team.head().seq()
            ? team.head()
            : new Head(rows.getLast().seq(), new Hash(rows.getLast().hash()));
    return new LogPage(
        rows.stream().map(r -> new SignedBytes(r.payload(), r.signature())).toList(), head);
  }

  /// All profiles of a team.
  public Profiles profiles(TeamId team) {
    return new Profiles(
        profiles.all(team.value()).stream()
            .map(r -> new Profile(r.salt(), r.name(), r.email()))
            .toList());
  }

  /// @throws Refusal when a profile holds line ends, NUL or other characters that are no text
  static void requirePlain(Profile profile) {
    boolean plain =
        (profile.name() + profile.email())
            .codePoints()
            .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    Refusal.unless(plain, Problem.MALFORMED, "a control character in a name or e-mail address");
  }

  static Signed<Entry> read(SignedBytes bytes) {
    try {
      return Entry.read(bytes);
    } catch (MalformedException malformed) {
      throw Refusal.of(malformed);
    }
  }

  static EntryRow row(TeamId team, Signed<Entry> entry, long now) {
    SignedBytes bytes = entry.bytes();
    return new EntryRow(
        team.value(),
        entry.value().seq(),
        entry.hash().value(),
        bytes.payload(),
        bytes.signature(),
        now);
  }

  static ProfileRow row(TeamId team, Profile profile) {
    return new ProfileRow(
        team.value(), profile.hash().value(), profile.salt(), profile.name(), profile.email());
  }

  private static TeamState start(Signed<Entry> genesis) {
    try {
      return TeamState.start(genesis);
    } catch (RuleException broken) {
      throw new Refusal(Problem.RULE_BROKEN, String.valueOf(broken.getMessage()));
    }
  }
}
