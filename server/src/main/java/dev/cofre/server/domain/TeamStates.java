package dev.cofre.server.domain;

import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.server.store.EntryRows;
import dev.cofre.server.store.TeamRow;
import dev.cofre.server.store.TeamRows;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What team logs say. States are remembered and advanced by the rows that came since, because another server may have
/// appended; nothing is remembered that is not committed.
@Singleton
public class TeamStates {
  private static final int REMEMBERED = 256;
  private static final int ROWS_AT_ONCE = 32;
  private static final int STRIPES = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final TeamRows teams;
  private final EntryRows entries;
  private final Map<TeamId, TeamState> remembered = new LinkedHashMap<>(64, 0.75f, true);
  private final ReentrantLock[] replaying =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

  TeamStates(TeamRows teams, EntryRows entries) {
    this.teams = teams;
    this.entries = entries;
  }

  /// The team as its log says at this moment.
  ///
  /// @throws Refusal when there is no such team
  public TeamState now(TeamId team) {
    return find(team).orElseThrow(Refusal::notFound);
  }

  /// The team as its log says at this moment, if there is one.
  public Optional<TeamState> find(TeamId team) {
    return teams.find(team.value()).map(row -> at(team, row));
  }

  /// The team as its log says at this moment, of which a row was read a moment ago.
  TeamState at(TeamId team, TeamRow row) {
    Optional<TeamState> known = recall(team);
    if (known.filter(state -> state.head().seq() > row.seq()).isPresent()) {
      // Another request saw an entry that came after the row was read, or the database went back.
      TeamRow again = teams.find(team.value()).orElseThrow(Refusal::notFound);
      return exactly(team, again);
    }
    return exactly(team, row);
  }

  /// The team as its log says at a head that nobody can move meanwhile. What is remembered of a log that has since gone back,
  /// as a database does that is restored, is forgotten.
  TeamState exactly(TeamId team, TeamRow row) {
    Optional<TeamState> known = recall(team).filter(state -> isBefore(state, row));
    if (known.filter(state -> state.head().seq() == row.seq()).isPresent()) {
      return known.get();
    }
    return known.isPresent() ? replay(team, row) : alone(team, () -> replay(team, row));
  }

  private TeamState replay(TeamId team, TeamRow row) {
    TeamState state =
        recall(team)
            .filter(known -> isBefore(known, row) && isInLog(known))
            .orElseGet(() -> first(team));
    while (state.head().seq() < row.seq()) {
      state = advance(team, state, row.seq());
    }
    if (!isBefore(state, row)) {
      throw new IllegalStateException("a team's head is not in its log");
    }
    remember(state);
    return state;
  }

  private boolean isInLog(TeamState state) {
    return entries
        .at(state.id().value(), state.head().seq())
        .filter(row -> row.hash().equals(state.head().hash().value()))
        .isPresent();
  }

  /// Whether a state stands at the row's head or, as far as it can tell, below it.
  private static boolean isBefore(TeamState state, TeamRow row) {
    return state.head().seq() < row.seq()
        || (state.head().seq() == row.seq() && state.head().hash().value().equals(row.hash()));
  }

  /// One thread replays a long log; the others wait for what it finds, but not for ever.
  private TeamState alone(TeamId team, Supplier<TeamState> replay) {
    ReentrantLock lock = replaying[Math.floorMod(team.hashCode(), replaying.length)];
    boolean mine = false;
    try {
      mine = lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return replay.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return replay.get();
    } finally {
      if (mine) {
        lock.unlock();
      }
    }
  }

  private TeamState first(TeamId team) {
    return entries
        .at(team.value(), 0)
        .map(row -> {
          try {
            return TeamState.start(read(new SignedBytes(row.payload(), row.signature())));
          } catch (RuleException broken) {
            throw new IllegalStateException("a stored genesis breaks a rule", broken);
          }
        })
        .orElseThrow(() -> new IllegalStateException("a team without genesis"));
  }

  private TeamState advance(TeamId team, TeamState from, long to) {
    int most = (int) Math.min(ROWS_AT_ONCE, to - from.head().seq());
    var rows = entries.after(team.value(), from.head().seq(), most);
    if (rows.isEmpty()) {
      throw new IllegalStateException("a team's head lies beyond its log");
    }
    TeamState state = from;
    for (var row : rows) {
      try {
        state = state.apply(read(new SignedBytes(row.payload(), row.signature())));
      } catch (RuleException broken) {
        throw new IllegalStateException("a stored entry breaks a rule", broken);
      }
    }
    return state;
  }

  private static Signed<Entry> read(SignedBytes bytes) {
    try {
      return Entry.read(bytes);
    } catch (MalformedException malformed) {
      throw new IllegalStateException("a stored entry cannot be read", malformed);
    }
  }

  private Optional<TeamState> recall(TeamId team) {
    synchronized (remembered) {
      return Optional.ofNullable(remembered.get(team));
    }
  }

  private void remember(TeamState state) {
    synchronized (remembered) {
      remembered.put(state.id(), state);
      if (remembered.size() > REMEMBERED) {
        List.copyOf(remembered.keySet()).stream().limit(1).forEach(remembered::remove);
      }
    }
  }
}
