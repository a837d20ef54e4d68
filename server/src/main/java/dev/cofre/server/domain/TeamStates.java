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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What team logs say. States are remembered and advanced by the rows that came since, because another server may have
/// appended; nothing is remembered that is not committed.
@Singleton
public class TeamStates {
  private static final int REMEMBERED = 256;
  private static final int ROWS_AT_ONCE = 32;

  private final TeamRows teams;
  private final EntryRows entries;
  private final Map<TeamId, TeamState> remembered = new LinkedHashMap<>(64, 0.75f, true);

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

  /// The team as its log says at a head that was just read, or later.
  TeamState at(TeamId team, TeamRow row) {
    TeamState state = recall(team).filter(s -> agrees(s, row)).orElseGet(() -> first(team));
    while (state.head().seq() < row.seq()) {
      state = advance(team, state);
    }
    remember(state);
    return state;
  }

  private static boolean agrees(TeamState state, TeamRow row) {
    return state.head().seq() != row.seq() || state.head().hash().value().equals(row.hash());
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

  private TeamState advance(TeamId team, TeamState from) {
    var rows = entries.after(team.value(), from.head().seq(), ROWS_AT_ONCE);
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
      remembered.merge(
          state.id(), state, (old, fresh) -> fresh.head().seq() >= old.head().seq() ? fresh : old);
      if (remembered.size() > REMEMBERED) {
        List.copyOf(remembered.keySet()).stream().limit(1).forEach(remembered::remove);
      }
    }
  }
}
