package dev.cofre.client.history;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Conflict;
import dev.cofre.client.failure.Forked;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.NotForUs;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.keys.Keystore;
import dev.cofre.client.replica.Replica;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TeamState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// This device's verified copy of the team log. What [#catchUp] fetches is verified and stored before anybody sees it; a head once seen is
/// never given up.
public final class TeamHistory {
  private static final int ATTEMPTS = 12;

  private final Connection connection;
  private final Replica replica;
  private final Keystore keystore;
  private final Forks forks;
  private VerifiedLog log;

  /// Makes the body of an entry that follows upon a verified state; asked again whenever the log has moved on.
  public interface Plan {
    /// The body.
    Body upon(TeamState state) throws CofreException;
  }

  private TeamHistory(Connection connection, Replica replica, Keystore keystore, VerifiedLog log) {
    this.connection = connection;
    this.replica = replica;
    this.keystore = keystore;
    this.forks = new Forks(replica);
    this.log = log;
  }

  /// The log as stored, verified again. Asks the server nothing.
  ///
  /// @throws CofreException [LocalState] when it is missing or damaged
  public static TeamHistory open(Connection connection, Replica replica, Keystore keystore)
      throws CofreException {
    VerifiedLog log = VerifiedLog.of(connection.team(), replica.entries());
    if (!log.head().equals(replica.teamHead())) {
      throw new LocalState(
          LocalState.Kind.DAMAGED, "this device's copy of the team log is not the one it verified");
    }
    log.requireContains(keystore.account().anchor());
    TeamHistory history = new TeamHistory(connection, replica, keystore, log);
    history.receiveKeys();
    return history;
  }

  /// The log, as far as it is verified and stored.
  public VerifiedLog log() {
    return log;
  }

  /// The team, as far as the log is verified and stored.
  public TeamState state() {
    return log.state();
  }

  /// What this device does about a fork.
  Forks forks() {
    return forks;
  }

  /// Refuses to go on once this device has had proof that the server shows different histories.
  public void requireNoFork() throws CofreException {
    forks.requireNone();
  }

  /// Fetches, verifies and stores what is new.
  ///
  /// @throws CofreException [RolledBack] when the server shows less than before; [Forked] when it shows something else, or ever did
  public void catchUp() throws CofreException {
    requireNoFork();
    for (; ; ) {
      Head head = log.head();
      Teams.LogPage page = fetch(head);
      if (page.head().seq() < head.seq()) {
        throw lower(page.head());
      }
      if (page.entries().isEmpty()) {
        if (page.head().seq() > head.seq()) {
          throw new Unreachable(
              "the server speaks of entries of the team log that it does not give");
        }
        if (!page.head().equals(head)) {
          throw forked(head.seq());
        }
        return;
      }
      Signed<Entry> first = VerifiedLog.read(page.entries().getFirst());
      if (!first.value().prev().equals(head.hash())) {
        throw forked(head.seq());
      }
      accept(page.entries());
      if (log.head().seq() >= page.head().seq()) {
        return;
      }
    }
  }

  private Teams.LogPage fetch(Head head) throws CofreException {
    return connection.server().log(connection.team(), OptionalLong.of(head.seq()));
  }

  private void accept(List<SignedBytes> fresh) throws CofreException {
    VerifiedLog next = log.with(fresh);
    replica.append(fresh, next.head());
    log = next;
    receiveKeys();
  }

  /// The member's present key, if this device does not have it.
  public Optional<OwnKeys.Lacking> lackingKey() {
    return OwnKeys.lacking(connection.identity(), log);
  }

  /// Refuses what takes the member's present key while this device does not have it.
  public void requireOwnKey() throws NotForUs {
    Optional<OwnKeys.Lacking> lacking = lackingKey();
    if (lacking.isPresent()) {
      throw lacking.get().failure();
    }
  }

  private void receiveKeys() throws CofreException {
    if (OwnKeys.receive(connection.identity(), log) == OwnKeys.Change.LEARNT) {
      keystore.save();
    }
  }

  private CofreException lower(Head shown) throws CofreException {
    if (!state().hashAt(shown.seq()).equals(Optional.of(shown.hash()))) {
      return forked(shown.seq());
    }
    return new RolledBack(
        "the server shows the team log only up to entry "
            + shown.seq()
            + ", but this device has verified entry "
            + log.head().seq(),
        "Ask whoever runs the server whether it was restored from a backup. Nothing was changed here.");
  }

  /// The server shows another log than the one that is stored. An entry that is valid upon the same as ours is proof.
  private Forked forked(long differing) throws CofreException {
    Optional<Divergence> found =
        Divergence.find(
            Label.ENTRY, differing, seq -> state().hashAt(seq).orElse(Hash.ZERO), this::shown);
    long seq = found.map(Divergence::seq).orElse(differing);
    String what = "the server shows another team log from entry " + seq + " on";
    if (found.isEmpty() || !isValid(seq, found.get().shown())) {
      return Forks.claimed(what);
    }
    SignedBytes ours = log.entries().get((int) seq).bytes();
    return forks.proven(what, "team-" + seq, ours, found.get().shown());
  }

  private boolean isValid(long seq, SignedBytes bytes) {
    try {
      VerifiedLog.of(connection.team(), log.bytes().subList(0, (int) seq)).with(List.of(bytes));
      return true;
    } catch (CofreException _) {
      return false;
    }
  }

  /// The entry that the server shows at a place now.
  private Optional<SignedBytes> shown(long seq) throws CofreException {
    OptionalLong before = seq == 0 ? OptionalLong.empty() : OptionalLong.of(seq - 1);
    return connection.server().log(connection.team(), before).entries().stream().findFirst();
  }

  /// Appends an entry by this device, catching up and planning again as often as others come first.
  ///
  /// @return the entry as it stands in the log
  /// @throws CofreException [Refused] when the rules or the server forbid it; [Conflict] when others came first too often
  public Signed<Entry> append(Plan plan) throws CofreException {
    return appendUnless(_ -> false, plan).orElseThrow();
  }

  /// Appends as [#append] does, but nothing where it is so already after catching up, as a second run finds it after a lost answer.
  ///
  /// @param so what is wanted, of a verified state
  /// @return the entry as it stands in the log; absent when it was so
  public Optional<Signed<Entry>> appendUnless(Predicate<TeamState> so, Plan plan)
      throws CofreException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      catchUp();
      if (so.test(state())) {
        return Optional.empty();
      }
      Head before = log.head();
      Body body = plan.upon(state());
      if (!log.head().equals(before)) {
        continue;
      }
      Signed<Entry> entry = sign(body);
      try {
        state().apply(entry);
      } catch (RuleException e) {
        throw Judgement.refused(e);
      }
      try {
        send(entry);
        return Optional.of(entry);
      } catch (Refused refused) {
        if (!isPassing(refused)) {
          throw refused;
        }
      }
    }
    throw Conflict.overtaken("the team");
  }

  private static boolean isPassing(Refused refused) {
    return refused.code().equals(Problem.STALE_HEAD.code())
        || refused.code().equals(Problem.SUBJECT_WROTE.code());
  }

  private Signed<Entry> sign(Body body) throws CofreException {
    Head head = log.head();
    Entry entry =
        new Entry(
            connection.team(),
            head.seq() + 1,
            head.hash(),
            connection.identity().member(),
            connection.identity().device(),
            connection.now(),
            body);
    return VerifiedLog.read(connection.identity().sign(Label.ENTRY, Entry.CODEC.encode(entry)));
  }

  private void send(Signed<Entry> entry) throws CofreException {
    try {
      connection
          .server()
          .append(connection.team(), new Teams.Append(entry.bytes(), Optional.empty()));
    } catch (Unreachable lost) {
      catchUp();
      if (!contains(entry.hash())) {
        throw lost;
      }
      return;
    }
    accept(List.of(entry.bytes()));
  }

  private boolean contains(Hash hash) {
    return log.entry(hash).isPresent();
  }
}
