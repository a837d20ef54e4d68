package dev.cofre.client.history;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.replica.Stored.Fact;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// What of a vault's history could not be read when it came: records that were not given, keys that were not wrapped. Both are asked for
/// again each time. That the server does not give them is nothing to remember: it may be otherwise the next time.
final class Gaps {
  private static final int PAGE = 200;
  private static final Commits.SealedRecord NONE = new Commits.SealedRecord(Bytes.of(new byte[0]));

  private final VaultHistory history;
  private final VaultIndex index;
  private final Unwrapping wraps;

  /// Of a history that has been caught up, in a vault in which this member has a role.
  Gaps(VaultHistory history, Unwrapping wraps) {
    this.history = history;
    this.index = history.index();
    this.wraps = wraps;
  }

  /// Fills what can be filled now, and stores it.
  void fill() throws CofreException {
    fetchRecords();
    fetchKeys();
  }

  /// The commits of the revisions in a state.
  private NavigableSet<Long> places(Revision.State state) {
    NavigableSet<Long> seqs = new TreeSet<>();
    for (Revision revision : index.revisions()) {
      if (revision.state() == state) {
        seqs.add(revision.place().seq());
      }
    }
    return seqs;
  }

  private static Optional<Long> first(NavigableSet<Long> seqs) {
    return seqs.isEmpty() ? Optional.empty() : Optional.of(seqs.first());
  }

  /// Records that the server kept back although nothing purged them, or that were not asked for while this member had no role.
  private void fetchRecords() throws CofreException {
    NavigableSet<Long> seqs = places(Revision.State.WITHHELD);
    for (Optional<Long> from = first(seqs); from.isPresent(); ) {
      long last = Optional.ofNullable(seqs.floor(from.get() + PAGE - 1)).orElse(from.get());
      long through = fetchRecords(from.get(), last);
      from = Optional.ofNullable(seqs.higher(through));
    }
  }

  private long fetchRecords(long from, long to) throws CofreException {
    Connection connection = history.connection();
    Commits.Page page =
        connection
            .server()
            .commits(connection.team(), history.vault(), from - 1, (int) (to - from) + 1);
    List<Commits.Item> arrived = new ArrayList<>();
    List<Fact> facts = new ArrayList<>();
    long through = from;
    for (Commits.Item item : page.commits()) {
      Commit commit = known(item);
      List<Commits.SealedRecord> records = take(commit, item.records(), facts);
      if (records.stream().anyMatch(record -> record.sealed().length() > 0)) {
        arrived.add(new Commits.Item(item.commit(), records));
      }
      through = Math.max(through, commit.seq());
    }
    if (!arrived.isEmpty()) {
      history.store().append(arrived, facts, index.head());
    }
    return through;
  }

  /// The commit of an item, which is one that this device has.
  private Commit known(Commits.Item item) throws CofreException {
    Signed<Commit> commit = CommitCheck.read(item.commit());
    Head place = new Head(commit.value().seq(), commit.hash());
    if (!index.headAt(place.seq()).equals(Optional.of(place))) {
      throw history.alarms().forked(index, Math.min(place.seq(), index.head().seq()));
    }
    return commit.value();
  }

  /// The records of a commit that were lacking and are given now: these, and nothing in place of the others.
  private List<Commits.SealedRecord> take(
      Commit commit, List<Commits.SealedRecord> given, List<Fact> facts) throws CofreException {
    List<Bytes> seals = CommitCheck.seals(commit, given);
    List<Change.Put> puts = commit.puts();
    List<Commits.SealedRecord> taken = new ArrayList<>();
    for (int slot = 0; slot < seals.size(); slot++) {
      RevisionId revision = puts.get(slot).revision();
      boolean lacking =
          index.find(revision).filter(r -> r.state() == Revision.State.WITHHELD).isPresent();
      if (lacking && seals.get(slot).length() > 0) {
        learn(facts, new Fact.Arrived(revision, seals.get(slot)));
        taken.add(given.get(slot));
      } else {
        taken.add(NONE);
      }
    }
    return taken;
  }

  private void learn(List<Fact> facts, Fact fact) {
    index.learn(fact);
    facts.add(fact);
  }

  /// Wraps of what could not be read so far.
  private void fetchKeys() throws CofreException {
    NavigableSet<Long> seqs = places(Revision.State.PENDING);
    NavigableSet<Long> useless = new TreeSet<>();
    Map<RevisionId, SecretBytes> keys = new HashMap<>();
    try {
      for (Optional<Long> from = first(seqs); from.isPresent(); ) {
        long through = history.takeBundles(wraps, from.get());
        unwrap(from.get(), through, keys, useless);
        from = Optional.ofNullable(seqs.higher(through));
      }
      open(keys);
      explain();
      report(useless);
    } finally {
      keys.values().forEach(SecretBytes::close);
    }
  }

  /// What is still not readable may be so because this device lacks the member's key.
  private void explain() {
    Optional<CofreException> why = history.team().lackingKey().map(OwnKeys.Lacking::failure);
    for (Revision revision : index.revisions()) {
      if (revision.state() == Revision.State.PENDING) {
        revision.lack(why);
      }
    }
  }

  /// Says of which commits the wraps open nothing, so that a colleague wraps again: unless it is this device that lacks a key. The server counts
  /// them as lacking then, whoever made them.
  private void report(NavigableSet<Long> useless) throws CofreException {
    if (history.team().lackingKey().isPresent()) {
      return;
    }
    List<Commits.Place> places = useless.stream().map(Commits.Place::new).toList();
    Connection connection = history.connection();
    for (int i = 0; i < places.size(); i += Commits.Unusable.MAX_COMMITS) {
      int end = Math.min(places.size(), i + Commits.Unusable.MAX_COMMITS);
      connection
          .server()
          .unusable(
              connection.team(), history.vault(), new Commits.Unusable(places.subList(i, end)));
    }
  }

  private void unwrap(
      long from, long to, Map<RevisionId, SecretBytes> keys, NavigableSet<Long> useless) {
    for (Revision revision : index.revisions()) {
      Revision.Place at = revision.place();
      if (revision.state() == Revision.State.PENDING && at.seq() >= from && at.seq() <= to) {
        Optional<SecretBytes> key =
            wraps.key(
                history.place(revision.put()),
                at.seq(),
                at.slot(),
                revision.put(),
                revision.seal());
        key.ifPresent(k -> keys.put(revision.id(), k));
        if (key.isEmpty() && wraps.offered(at.seq(), at.slot())) {
          useless.add(at.seq());
        }
      }
    }
  }

  /// Opens sealed records of the stored chain.
  private void open(Map<RevisionId, SecretBytes> keys) throws CofreException {
    if (keys.isEmpty()) {
      return;
    }
    List<Fact> facts = new ArrayList<>();
    history
        .store()
        .readChain(item -> {
          List<Change.Put> puts = CommitCheck.read(item.commit()).value().puts();
          for (int slot = 0; slot < puts.size(); slot++) {
            SecretBytes key = keys.get(puts.get(slot).revision());
            Bytes sealed = item.records().get(slot).sealed();
            if (key != null && sealed.length() > 0) {
              history.opened(puts.get(slot), key, sealed).ifPresent(fact -> learn(facts, fact));
            }
          }
        });
    history.store().append(facts);
  }
}
