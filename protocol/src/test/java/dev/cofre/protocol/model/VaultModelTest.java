package dev.cofre.protocol.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.model.ModelVault.Deed;
import dev.cofre.protocol.model.ModelVault.Kind;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Cast;
import dev.cofre.protocol.team.JoinMode;
import dev.cofre.protocol.team.Rule;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TestTeam;
import dev.cofre.protocol.team.VaultGrant;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import dev.cofre.protocol.vault.VaultState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;

/// Random histories of a vault, whose writers gain, change and lose their roles meanwhile and sign upon old team heads, beside a naive
/// model: the same verdict on each commit, and the same files after it. `-Dcofre.histories=N` tries N more.
class VaultModelTest {
  private static final int LENGTH = 40;
  private static final int PEOPLE = 4;
  private static final int FILES = 5;
  private static final int REVISIONS = 20;
  private static final Cast CAST = Cast.fixed();

  /// A vault and its model, growing together; the roles at each place of the team log, and the heads named when one was lowered.
  private static final class Pair {
    private final TestTeam team;
    private final VaultId vault;
    private final ModelVault model = new ModelVault();
    private final List<Map<Integer, VaultRole>> roles = new ArrayList<>();
    private final List<ModelTeam.Turn> turns = new ArrayList<>();
    private final Map<Long, Hash> named = new HashMap<>();
    private final Set<Rule> refused = EnumSet.noneOf(Rule.class);
    private VaultState state;
    private int applied;

    Pair() throws Exception {
      team = TestTeam.startedBy(CAST.person(0));
      team.post(CAST.person(0), new Body.VaultCreate(Bytes.zeros(16)));
      vault = new VaultId(team.state().head().hash().value());
      state = VaultState.start(vault);
      roles.add(Map.of());
      note(Map.of(0, VaultRole.MANAGER));
      for (int i = 1; i < PEOPLE; i++) {
        VaultGrant promise = new VaultGrant(TestTeam.empty(vault), VaultRole.EDITOR);
        team.post(
            CAST.person(0),
            TestTeam.invitation(CAST.invitation(i), TeamRole.MEMBER, JoinMode.AT_ONCE, promise));
        note(now());
        team.post(team.join(CAST.person(i), CAST.invitation(i)));
        Map<Integer, VaultRole> next = new HashMap<>(now());
        next.put(i, VaultRole.EDITOR);
        note(next);
      }
    }

    private Map<Integer, VaultRole> now() {
      return roles.getLast();
    }

    private void note(Map<Integer, VaultRole> next) {
      roles.add(Map.copyOf(next));
    }

    void step(Draw draw) throws Exception {
      if (draw.kind() < 4) {
        govern(draw);
      } else {
        write(draw);
      }
    }

    /// The founder gives, changes or ends somebody's role, and names the present head, or one to come.
    private void govern(Draw draw) throws Exception {
      int who = 1 + draw.who() % (PEOPLE - 1);
      boolean ahead = draw.wrong() == 1;
      Head head =
          ahead
              ? new Head(state.head().seq() + 1, Hash.sha256(new byte[] {(byte) draw.a()}))
              : state.head();
      VaultHead names = new VaultHead(vault, head);
      VaultRole role = VaultRole.values()[draw.b() % 3];
      boolean end = now().containsKey(who) && draw.a() % 3 == 0;
      Body body =
          end
              ? new Body.Revoke(CAST.person(who).id(), names, Body.Abandon.KEPT)
              : new Body.Grant(CAST.person(who).id(), names, role, Optional.empty());
      try {
        team.post(CAST.person(0), body);
      } catch (RuleException _) {
        return;
      }
      Map<Integer, VaultRole> next = new HashMap<>(now());
      next.remove(who);
      if (!end) {
        next.put(who, role);
      }
      note(next);
      named.put(head.seq(), head.hash());
      turns.add(new ModelTeam.Turn(roles.size() - 1, who, end ? null : role, head.seq()));
    }

    private void write(Draw draw) throws Exception {
      int who = draw.who() % 3 == 0 ? 0 : draw.who() % PEOPLE;
      List<Deed> deeds = deeds(draw);
      long top = roles.size() - 1;
      long seq = draw.wrong() % 3 == 0 ? Math.max(0, top - draw.b() % 6) : top;
      Set<Rule> broken = model.broken(deeds);
      Hash hash = draw.wrong() == 2 ? Hash.ZERO : team.state().hashAt(seq).orElseThrow();
      if (draw.wrong() == 2) {
        broken.add(Rule.TEAM_HEAD);
      }
      if (seq < model.lastTeamSeq) {
        broken.add(Rule.OLDER_TEAM_HEAD);
      }
      requireRight(who, seq, deeds, broken);
      Signed<Commit> commit =
          team.commit(CAST.person(who), vault, state.head(), new Head(seq, hash), changes(deeds));
      Hash other = named.get(model.height + 1);
      if (other != null && !other.equals(commit.hash())) {
        broken.add(Rule.FORK);
      }
      apply(commit, deeds, broken);
    }

    private void requireRight(int who, long seq, List<Deed> deeds, Set<Rule> broken) {
      VaultRole role = roles.get((int) seq).get(who);
      boolean managing =
          deeds.stream().anyMatch(d -> d.kind() == Kind.PURGE || d.file() == ModelVault.NAME);
      if (role == null || role == VaultRole.VIEWER) {
        broken.add(Rule.NO_WRITE_RIGHT);
        return;
      }
      if (managing && role != VaultRole.MANAGER) {
        broken.add(Rule.VAULT_ROLE_TOO_LOW);
      }
      for (ModelTeam.Turn turn : turns) {
        boolean lowered =
            turn.role() == null
                || turn.role() == VaultRole.VIEWER
                || (managing && turn.role() == VaultRole.EDITOR);
        if (turn.person() == who && turn.seq() > seq && lowered && model.height + 1 > turn.head()) {
          broken.add(Rule.BEYOND_THE_END);
        }
      }
    }

    private void apply(Signed<Commit> commit, List<Deed> deeds, Set<Rule> broken) {
      try {
        state = state.apply(team.state(), commit);
        assertTrue(broken.isEmpty(), () -> "taken: " + deeds + " breaks " + broken);
        model.deeds.addAll(deeds);
        model.height++;
        model.lastTeamSeq = commit.value().teamHead().seq();
        applied++;
      } catch (RuleException e) {
        assertTrue(broken.contains(e.rule()), () -> e.rule() + " is none of " + broken);
        refused.add(e.rule());
      }
      compare();
    }

    private void compare() {
      assertEquals(model.height, state.head().seq());
      assertEquals(model.lastTeamSeq, state.lastTeamSeq());
      for (int file = 0; file < FILES; file++) {
        int last = model.last(file);
        assertEquals(
            last < 0 ? Optional.empty() : Optional.of(revision(last)),
            state.file(file(file)).map(f -> f.last()));
        boolean deleted = model.deleted(file);
        assertEquals(deleted, state.file(file(file)).filter(f -> f.deleted()).isPresent());
        for (int i = 0; i < REVISIONS; i++) {
          assertEquals(model.of(file, i) && !model.purged(i), state.holds(file(file), revision(i)));
          assertEquals(model.known(i), state.knows(revision(i)));
        }
      }
    }

    /// One to three changes, mostly such as fit.
    private List<Deed> deeds(Draw draw) {
      List<Deed> deeds = new ArrayList<>();
      int count = model.height == 0 || draw.kind() % 3 > 0 ? 1 : 1 + draw.b() % 3;
      for (int i = 0; i < count; i++) {
        boolean first = model.height == 0 && draw.c() % 5 > 0;
        int file = first ? ModelVault.NAME : (draw.a() + i * (draw.c() % 2 + 1)) % FILES;
        int last = model.last(file);
        int previous = draw.wrong() % 16 == 3 ? draw.b() % REVISIONS : last;
        int fresh = draw.wrong() % 16 == 4 ? draw.c() % REVISIONS : fresh(i);
        Kind kind = first || last < 0 && draw.c() % 4 > 0 ? Kind.PUT : Kind.values()[draw.c() % 3];
        boolean blob = (file == ModelVault.NAME) == (draw.wrong() % 16 == 5);
        int revision = kind == Kind.PURGE ? old(file, draw.b()) : fresh;
        deeds.add(
            new Deed(kind, file, revision, Math.max(kind == Kind.DELETE ? 0 : -1, previous), blob));
      }
      return deeds;
    }

    private int fresh(int skip) {
      int revision = 0;
      while (model.known(revision) && revision < REVISIONS - 1) {
        revision++;
      }
      return Math.min(REVISIONS - 1, revision + skip);
    }

    private int old(int file, int number) {
      List<Integer> all =
          model.deeds.stream()
              .filter(d -> d.kind() == Kind.PUT && d.file() == file)
              .map(Deed::revision)
              .toList();
      return all.isEmpty() || number % 7 == 6 ? number % REVISIONS : all.get(number % all.size());
    }
  }

  private static FileId file(int number) {
    byte[] id = new byte[FileId.LENGTH];
    id[0] = (byte) number;
    return new FileId(Bytes.of(id));
  }

  private static RevisionId revision(int number) {
    byte[] id = new byte[RevisionId.LENGTH];
    id[1] = (byte) number;
    return new RevisionId(Bytes.of(id));
  }

  /// Purges of one file that follow each other are one change.
  private static Change[] changes(List<Deed> deeds) {
    List<Change> changes = new ArrayList<>();
    for (Deed deed : deeds) {
      changes.add(
          switch (deed.kind()) {
            case PUT ->
                new Change.Put(
                    file(deed.file()),
                    revision(deed.revision()),
                    deed.previous() < 0 ? Optional.empty() : Optional.of(revision(deed.previous())),
                    deed.blob() ? Optional.of(new BlobId(Bytes.zeros(16))) : Optional.empty(),
                    Hash.ZERO);
            case DELETE -> new Change.Delete(file(deed.file()), revision(deed.previous()));
            case PURGE -> purge(changes, deed);
          });
    }
    return changes.toArray(Change[]::new);
  }

  private static Change purge(List<Change> before, Deed deed) {
    List<RevisionId> revisions = new ArrayList<>();
    if (!before.isEmpty()
        && before.getLast() instanceof Change.Purge(FileId file, List<RevisionId> more)
        && file.equals(file(deed.file()))) {
      revisions.addAll(more);
      before.removeLast();
    }
    revisions.add(revision(deed.revision()));
    return new Change.Purge(file(deed.file()), revisions);
  }

  private static Pair played(List<Draw> history) throws Exception {
    Pair pair = new Pair();
    for (Draw draw : history) {
      pair.step(draw);
    }
    return pair;
  }

  @Provide
  Arbitrary<List<Draw>> histories() {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, Draw.RANGE - 1);
    Arbitrary<Integer> wrong = Arbitraries.integers().between(0, Draw.WRONGS - 1);
    return Combinators.combine(number, number, number, number, number, wrong)
        .as(Draw::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(LENGTH);
  }

  @Property(tries = 60, seed = "20261125")
  @Tag("H02")
  @Tag("E09")
  void saysWhatTheModelSays(@ForAll("histories") List<Draw> history) throws Exception {
    played(history);
  }

  /// The histories that are tried are no idle ones.
  @Test
  @org.junit.jupiter.api.Tag("thorough")
  void refusesByEveryRuleOfAVault() throws Exception {
    Set<Rule> refused = EnumSet.noneOf(Rule.class);
    int applied = 0;
    for (int seed = 1; seed <= 40; seed++) {
      Pair pair = played(Draw.history(seed, 2 * LENGTH));
      refused.addAll(pair.refused);
      applied += pair.applied;
    }
    assertEquals(
        EnumSet.of(
            Rule.TEAM_HEAD,
            Rule.OLDER_TEAM_HEAD,
            Rule.NO_WRITE_RIGHT,
            Rule.VAULT_ROLE_TOO_LOW,
            Rule.BEYOND_THE_END,
            Rule.FORK,
            Rule.NAME,
            Rule.TWICE,
            Rule.PREVIOUS,
            Rule.REVISION,
            Rule.PURGE,
            Rule.BLOB),
        refused);
    assertTrue(applied > 40 * 10, applied + " commits taken");
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
