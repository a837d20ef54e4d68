package dev.cofre.client.history;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.replica.Replica;
import dev.cofre.client.replica.Stored.Fact;
import dev.cofre.client.replica.VaultStore;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.vault.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// This device's verified copy of one vault's history. What [#catchUp] fetches is verified as a stream, page by page, and stored before
/// anybody sees it.
public final class VaultHistory implements AutoCloseable {
  private static final int PAGE = 200;
  private static final int BUNDLE_SPAN = 500;

  private final Connection connection;
  private final TeamHistory team;
  private final VaultStore store;
  private final VaultAlarms alarms;
  private final Unwrapping wraps;
  private VaultIndex index;
  private Optional<VaultTree> tree = Optional.empty();
  private long treeEdition = -1;
  private Optional<Head> judgedBy = Optional.empty();

  private VaultHistory(
      Connection connection,
      TeamHistory team,
      VaultStore store,
      VaultIndex index,
      VaultAlarms alarms) {
    this.connection = connection;
    this.team = team;
    this.store = store;
    this.index = index;
    this.alarms = alarms;
    this.wraps = new Unwrapping(connection.identity(), store.vault());
  }

  /// The history as stored, judged by the team log as far as that is known. Asks the server nothing.
  ///
  /// @throws CofreException [dev.cofre.client.failure.Forked] when a commit in it does not stand any more
  public static VaultHistory open(
      Connection connection, TeamHistory team, Replica replica, VaultId vault)
      throws CofreException {
    VaultStore store = replica.vault(vault);
    VaultAlarms alarms = new VaultAlarms(connection, team, store);
    VaultHistory history = new VaultHistory(connection, team, store, load(store), alarms);
    try {
      history.requireStanding();
      return history;
    } catch (CofreException | RuntimeException e) {
      history.close();
      throw e;
    }
  }

  private static VaultIndex load(VaultStore store) throws CofreException {
    VaultIndex index = new VaultIndex(store.vault());
    store.readFacts(index::learn);
    if (!index.head().equals(store.head())) {
      throw new LocalState(
          LocalState.Kind.DAMAGED,
          "this device's copy of the vault " + store.vault() + " is not the one it verified");
    }
    return index;
  }

  /// The vault.
  public VaultId vault() {
    return store.vault();
  }

  /// What is verified and stored.
  public VaultIndex index() {
    return index;
  }

  /// The readable files by path.
  public VaultTree tree() {
    if (tree.isEmpty() || treeEdition != index.edition()) {
      tree = Optional.of(new VaultTree(index));
      treeEdition = index.edition();
    }
    return tree.get();
  }

  /// The team's history, which this one is judged by.
  public TeamHistory team() {
    return team;
  }

  /// Fetches, verifies and stores what is new, of the team log first; then tries again what was not readable so far.
  ///
  /// @throws CofreException [RolledBack] when the server shows less than this device or the team log knows, [Forked] when it shows
  ///     something else, or had kept back that the right of a commit's author had ended
  public void catchUp() throws CofreException {
    team.catchUp();
    catchUpCommits();
  }

  /// The same for whoever has caught up with the team log just now.
  public void catchUpCommits() throws CofreException {
    try {
      requireStanding();
      fetchAllCommits(
          after -> connection.server().commits(connection.team(), vault(), after, PAGE));
      if (team.state().roles(vault()).containsKey(connection.identity().member())) {
        new Gaps(this, wraps).fill();
      }
    } catch (CofreException | RuntimeException e) {
      forgetUnsaved();
      throw e;
    }
  }

  /// Fetches, verifies and stores the signed commits alone. For naming the head of a vault that this member cannot read.
  void catchUpChain() throws CofreException {
    team.catchUp();
    try {
      requireStanding();
      fetchAllCommits(after -> connection.server().chain(connection.team(), vault(), after, PAGE));
    } catch (CofreException | RuntimeException e) {
      forgetUnsaved();
      throw e;
    }
  }

  /// Fetches until the chain reaches as far as the team log knows. A commit can bring a newer team log along: that may name heads which the
  /// answer before it could not have.
  private void fetchAllCommits(CommitPages.Source source) throws CofreException {
    Head judgedBy;
    do {
      judgedBy = team.state().head();
      try (CommitPages pages = new CommitPages(source)) {
        fetchCommits(pages);
      }
    } while (!judgedBy.equals(team.state().head()));
    requireNamedHeads();
  }

  private void fetchCommits(CommitPages pages) throws CofreException {
    for (; ; ) {
      Head head = index.head();
      Commits.Page page = pages.after(head.seq());
      if (page.head().seq() < head.seq()) {
        throw index.headAt(page.head().seq()).equals(Optional.of(page.head()))
            ? alarms.rolledBack(page.head().seq(), head.seq())
            : alarms.forked(index, page.head().seq());
      }
      if (page.commits().isEmpty()) {
        if (page.head().seq() > head.seq()) {
          throw new Unreachable("the server speaks of commits that it does not give");
        }
        if (!page.head().equals(head)) {
          throw alarms.forked(index, head.seq());
        }
        return;
      }
      accept(page);
      if (index.head().seq() >= page.head().seq()) {
        return;
      }
    }
  }

  private void accept(Commits.Page page) throws CofreException {
    CommitCheck check = new CommitCheck(team, index, alarms);
    if (!check.follows(page.commits().getFirst())) {
      throw alarms.forked(index, index.head().seq());
    }
    wraps.take(team.state(), page.bundles(), page.channels());
    List<Fact> facts = new ArrayList<>();
    for (Commits.Item item : page.commits()) {
      Fact.Committed committed = check.verify(item);
      learn(facts, committed);
      openRecords(facts, committed, item.records());
    }
    requireStanding();
    store.append(page.commits(), facts, index.head());
  }

  private void openRecords(
      List<Fact> facts, Fact.Committed commit, List<Commits.SealedRecord> records) {
    int slot = 0;
    for (Change change : commit.changes()) {
      if (change.made().isPresent()) {
        Change.Put put = change.made().get();
        Bytes sealed = records.get(slot).sealed();
        wraps
            .first(commit.seq(), slot, put, key -> opened(put, key, sealed))
            .ifPresent(fact -> learn(facts, fact));
        slot++;
      }
    }
  }

  private void learn(List<Fact> facts, Fact fact) {
    index.learn(fact);
    facts.add(fact);
  }

  /// What opening a sealed record with a key gives; nothing, if it is committed to another one.
  Optional<Fact> opened(Change.Put put, SecretBytes key, Bytes sealed) {
    try {
      byte[] record = SealedRecords.open(place(put), key, sealed);
      return Optional.of(
          new Fact.Opened(put.revision(), Bytes.of(key.toArray()), Bytes.of(record)));
    } catch (CofreException _) {
      return SealedRecords.matches(place(put), key, sealed)
          ? Optional.of(new Fact.Spoilt(put.revision()))
          : Optional.empty();
    }
  }

  SealedRecords.Place place(Change.Put put) {
    return new SealedRecords.Place(connection.team(), vault(), put.file(), put.revision());
  }

  /// Every head of this vault that the log names is in the chain.
  private void requireNamedHeads() throws CofreException {
    for (VaultHead named : team.state().namedHeads(vault())) {
      Optional<Head> ours = index.headAt(named.head().seq());
      if (ours.isEmpty()) {
        throw alarms.rolledBack(index.head().seq(), named.head().seq());
      }
      if (!ours.get().equals(named.head())) {
        throw alarms.contradicts(named.head());
      }
    }
  }

  /// No commit lies beyond the end of its author's right, by all that the log says by now. One that is stored was shown while its end was
  /// kept back; one that has just come is refused as by whoever knew the end already.
  private void requireStanding() throws CofreException {
    Head head = team.state().head();
    if (judgedBy.filter(head::equals).isPresent()) {
      return;
    }
    Optional<Fact.Committed> late = LateCommits.first(team.state(), index);
    if (late.isPresent()) {
      throw late.get().seq() <= store.head().seq()
          ? alarms.keptBack(late.get())
          : new Tampered("the vault's history");
    }
    judgedBy = Optional.of(head);
  }

  /// Fetches this member's bundles of the commits from one on, and says as far as which commit they reach.
  long takeBundles(Unwrapping unwrapping, long from) throws CofreException {
    long to = Math.min(from + BUNDLE_SPAN - 1, index.head().seq());
    Commits.BundlePage page = connection.server().bundles(connection.team(), vault(), from, to);
    if (page.through() < from || page.through() > to) {
      throw new Unreachable("the server gives the keys of other commits than it was asked for");
    }
    unwrapping.take(team.state(), page.bundles(), page.channels());
    return page.through();
  }

  /// Adds a commit of this device that the server has taken.
  void addOwn(Commits.Item item, Fact.Committed commit, List<Fact> opened) throws CofreException {
    try {
      List<Fact> facts = new ArrayList<>();
      learn(facts, commit);
      opened.forEach(fact -> learn(facts, fact));
      store.append(List.of(item), facts, index.head());
    } catch (CofreException | RuntimeException e) {
      forgetUnsaved();
      throw e;
    }
  }

  /// What is in memory may be ahead of the disk: goes back to what is stored.
  private void forgetUnsaved() throws CofreException {
    index.close();
    index = load(store);
    tree = Optional.empty();
    judgedBy = Optional.empty();
  }

  /// What is stored of it, for whoever verifies again.
  public VaultStore store() {
    return store;
  }

  Connection connection() {
    return connection;
  }

  VaultAlarms alarms() {
    return alarms;
  }

  @Override
  public void close() {
    wraps.close();
    index.close();
  }
}
