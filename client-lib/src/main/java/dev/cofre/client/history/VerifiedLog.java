package dev.cofre.client.history;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TeamState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A team's log from its genesis, each entry verified upon those before it. Immutable.
public final class VerifiedLog {
  private static final String WHAT = "the team log";

  private final TeamState state;
  private final List<Signed<Entry>> entries;

  private VerifiedLog(TeamState state, List<Signed<Entry>> entries) {
    this.state = state;
    this.entries = entries;
  }

  /// Verifies a whole log.
  ///
  /// @throws CofreException [Tampered] when it is another team's or breaks a rule; [dev.cofre.client.failure.Malformed] or
  ///     [dev.cofre.client.failure.Unsupported] when it cannot be read
  public static VerifiedLog of(TeamId team, List<SignedBytes> bytes) throws CofreException {
    if (bytes.isEmpty()) {
      throw new Tampered(WHAT);
    }
    Signed<Entry> genesis = read(bytes.getFirst());
    try {
      TeamState state = TeamState.start(genesis);
      if (!state.id().equals(team)) {
        throw new Tampered(WHAT);
      }
      List<Signed<Entry>> entries = new ArrayList<>(List.of(genesis));
      return new VerifiedLog(state, entries).with(bytes.subList(1, bytes.size()));
    } catch (RuleException e) {
      throw Judgement.shown(WHAT, e);
    }
  }

  /// Fetches and verifies the whole log of a team that this device does not know yet.
  public static VerifiedLog fetch(Server server, TeamId team) throws CofreException {
    Teams.LogPage page = server.log(team, OptionalLong.empty());
    VerifiedLog log = of(team, page.entries());
    while (page.head().seq() > log.head().seq()) {
      long before = log.head().seq();
      page = server.log(team, OptionalLong.of(before));
      log = log.with(page.entries());
      if (log.head().seq() == before) {
        throw new Unreachable("the server speaks of entries of the team log that it does not give");
      }
    }
    return log;
  }

  /// The log with more entries.
  public VerifiedLog with(List<SignedBytes> more) throws CofreException {
    TeamState next = state;
    List<Signed<Entry>> all = new ArrayList<>(entries);
    for (SignedBytes bytes : more) {
      Signed<Entry> entry = read(bytes);
      try {
        next = next.apply(entry);
      } catch (RuleException e) {
        throw Judgement.shown(WHAT, e);
      }
      all.add(entry);
    }
    return new VerifiedLog(next, all);
  }

  static Signed<Entry> read(SignedBytes bytes) throws CofreException {
    try {
      return Entry.read(bytes);
    } catch (MalformedException e) {
      throw Judgement.unreadable("an entry of the team log", e);
    }
  }

  /// Refuses a log that does not contain an entry known from elsewhere: a link, a kit, a colleague.
  ///
  /// @throws CofreException [RolledBack] when it ends before, [Forked] when another stands there
  public void requireContains(Head known) throws CofreException {
    Optional<Hash> at = state.hashAt(known.seq());
    if (at.isEmpty()) {
      throw new RolledBack(
          "the server shows the team log only up to entry "
              + head().seq()
              + ", but entry "
              + known.seq()
              + " is known to exist",
          "Ask whoever runs the server; a colleague's device still has the whole log.");
    }
    if (!at.get().equals(known.hash())) {
      throw Forks.claimed(
          "the server shows another team log than the one that is known at entry " + known.seq());
    }
  }

  /// The team as the log says.
  public TeamState state() {
    return state;
  }

  /// The last entry's place.
  public Head head() {
    return state.head();
  }

  /// All entries, from the genesis.
  public List<Signed<Entry>> entries() {
    return Collections.unmodifiableList(entries);
  }

  /// The exact bytes of all entries.
  public List<SignedBytes> bytes() {
    return entries.stream().map(Signed::bytes).toList();
  }

  /// The entry of a hash.
  public Optional<Signed<Entry>> entry(Hash hash) {
    return entries.stream().filter(e -> e.hash().equals(hash)).findFirst();
  }
}
