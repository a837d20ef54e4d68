package dev.cofre.protocol.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Cast;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.Laws;
import dev.cofre.protocol.team.Rule;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.team.TestTeam;
import dev.cofre.protocol.team.TestTeam.Computer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;

/// Random histories of a team, right and wrong entries mixed, beside a naive model of `docs/protocol.md`: the same verdict on each entry,
/// and the same state after it. `-Dcofre.histories=N` tries N more.
class TeamModelTest {
  private static final int LENGTH = 40;
  private static final Cast CAST = Cast.fixed();
  private static final TeamState START = start();

  private static TeamState start() {
    try {
      return TestTeam.startedBy(CAST.person(0)).state();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// A team and its model, growing together.
  private static final class Pair {
    private final ModelTeam model = new ModelTeam(Cast.SIZE);
    private final Names names = new Names(START);
    private final Set<Rule> refused = EnumSet.noneOf(Rule.class);
    private TeamState state = START;
    private int applied;

    /// Somebody writes in a vault, or posts an entry.
    void step(Draw draw) throws Exception {
      if (draw.kind() == 0 && !model.rooms.isEmpty()) {
        model.rooms.get(draw.a() % model.rooms.size()).height++;
        return;
      }
      Move move = Moves.of(model, names, draw);
      Signed<Entry> entry = signed(move);
      try {
        TeamState next = state.apply(entry);
        assertTrue(move.broken.isEmpty(), () -> "taken: " + move);
        Laws.require(state, next);
        take(move, next);
      } catch (RuleException e) {
        assertTrue(move.broken.contains(e.rule()), () -> "refused by " + e.rule() + ": " + move);
        refused.add(e.rule());
      }
      new Comparison(model, names, state).require();
    }

    private void take(Move move, TeamState next) {
      state = next;
      names.follow(next);
      model.seq++;
      move.happen();
      applied++;
    }

    Signed<Entry> signed(Move move) throws Exception {
      Computer device = names.device(move.author, move.slot);
      Entry entry =
          new Entry(
              state.id(),
              state.head().seq() + 1,
              state.head().hash(),
              CAST.person(move.author).id(),
              device.keys().id(),
              move.time,
              move.body);
      return TestTeam.sign(
          entry,
          move.signing == Move.Signing.RIGHT
              ? device.signer()
              : names.device(move.author, move.slot + 1).signer());
    }
  }

  private static Pair played(List<Draw> history) throws Exception {
    Pair pair = new Pair();
    for (Draw draw : history) {
      pair.step(draw);
    }
    new Comparison(pair.model, pair.names, pair.state).requireRights();
    return pair;
  }

  @Provide
  Arbitrary<Draw> draws() {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, Draw.RANGE - 1);
    Arbitrary<Integer> wrong = Arbitraries.integers().between(0, Draw.WRONGS - 1);
    return Combinators.combine(number, number, number, number, number, wrong).as(Draw::new);
  }

  @Provide
  Arbitrary<List<Draw>> histories() {
    return draws().list().ofMinSize(1).ofMaxSize(LENGTH);
  }

  @Property(tries = 100, seed = "20261125")
  @Tag("H10")
  @Tag("E09")
  void saysWhatTheModelSays(@ForAll("histories") List<Draw> history) throws Exception {
    played(history);
  }

  /// Two entries upon one head: whichever comes first, the other is void, also for whoever sees both.
  @Property(tries = 60, seed = "20261126")
  @Tag("H11")
  void takesOneOfTwoEntriesUponOneHead(
      @ForAll("histories") List<Draw> history,
      @ForAll("draws") Draw one,
      @ForAll("draws") Draw other)
      throws Exception {
    Pair pair = played(history);
    Signed<Entry> first = pair.signed(Moves.of(pair.model, pair.names, one));
    Signed<Entry> second = pair.signed(Moves.of(pair.model, pair.names, other));
    requireOneOf(pair.state, first, second);
    requireOneOf(pair.state, second, first);
  }

  private static void requireOneOf(TeamState before, Signed<Entry> first, Signed<Entry> second) {
    TeamState after;
    try {
      after = before.apply(first);
    } catch (RuleException _) {
      return;
    }
    try {
      after.apply(second);
      fail("both taken");
    } catch (RuleException e) {
      assertEquals(Rule.PLACE, e.rule());
    }
  }

  /// The histories that are tried are no idle ones.
  @Test
  @org.junit.jupiter.api.Tag("thorough")
  void refusesByEveryRuleOfTheLog() throws Exception {
    Set<Rule> refused = EnumSet.noneOf(Rule.class);
    int applied = 0;
    for (int seed = 1; seed <= 40; seed++) {
      Pair pair = played(Draw.history(seed, 2 * LENGTH));
      refused.addAll(pair.refused);
      applied += pair.applied;
    }
    assertEquals(
        EnumSet.complementOf(
            EnumSet.of(
                Rule.PLACE,
                Rule.UPDATE_NEEDED,
                Rule.LIMIT,
                Rule.TEAM_HEAD,
                Rule.OLDER_TEAM_HEAD,
                Rule.NO_WRITE_RIGHT,
                Rule.BEYOND_THE_END,
                Rule.FORK,
                Rule.NAME,
                Rule.TWICE,
                Rule.PREVIOUS,
                Rule.REVISION,
                Rule.PURGE,
                Rule.BLOB,
                Rule.SEND)),
        refused);
    assertTrue(applied > 40 * 15, applied + " entries taken");
  }

  /// A place that is not the next one is refused, however far ahead it is.
  @Test
  @org.junit.jupiter.api.Tag("E09")
  void refusesEveryPlaceButTheNext() throws Exception {
    Pair pair = played(Draw.history(7, LENGTH));
    Move move = Moves.of(pair.model, pair.names, new Draw(9, 0, 0, 0, 0, 20));
    Entry right = pair.signed(move).value();
    for (long seq : new long[] {0, right.seq() - 1, right.seq() + 1, 1L << 32, Long.MAX_VALUE}) {
      Entry wrong =
          new Entry(
              right.team(), seq, right.prev(), right.author(), right.device(), 0, right.body());
      requirePlace(pair, move, wrong);
    }
    requirePlace(
        pair,
        move,
        new Entry(
            right.team(), right.seq(), Hash.ZERO, right.author(), right.device(), 0, right.body()));
  }

  private static void requirePlace(Pair pair, Move move, Entry wrong) throws Exception {
    Signed<Entry> signed = TestTeam.sign(wrong, pair.names.device(move.author, move.slot).signer());
    try {
      pair.state.apply(signed);
      fail("taken at " + wrong.seq());
    } catch (RuleException e) {
      assertEquals(Rule.PLACE, e.rule());
    }
  }

  @Test
  void saysWhatTheModelSaysInManyMoreHistories() throws Exception {
    for (int i = 0; i < Integer.getInteger("cofre.histories", 0); i++) {
      long seed = 1000L + i;
      try {
        played(Draw.history(seed, 3 * LENGTH));
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
