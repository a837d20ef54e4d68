package dev.cofre.client.files;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.history.VaultIndex;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The stored commits of a vault, each once and in order, with all the records that were ever given but those that are erased by now. In
/// the store a commit stands again behind the others with the records that came later.
final class SealedHistory {
  private static final Commits.SealedRecord NONE = new Commits.SealedRecord(Bytes.of(new byte[0]));

  private final VaultIndex index;
  private final Map<RevisionId, Commits.SealedRecord> late = new HashMap<>();
  private long seq;

  /// Takes one commit after the other.
  @FunctionalInterface
  interface Sink {
    void take(Commits.Item item) throws CofreException;
  }

  private SealedHistory(VaultIndex index) {
    this.index = index;
  }

  static void read(VaultHistory history, Sink sink) throws CofreException {
    SealedHistory reading = new SealedHistory(history.index());
    history.store().readChain(reading::note);
    reading.seq = 0;
    history.store().readChain(item -> reading.pass(item, sink));
  }

  private static Commit commit(Commits.Item item) throws CofreException {
    try {
      return Commit.read(item.commit()).value();
    } catch (MalformedException _) {
      throw new Tampered("the stored history of the vault");
    }
  }

  private void note(Commits.Item item) throws CofreException {
    Commit commit = commit(item);
    if (commit.seq() == seq + 1) {
      seq++;
      return;
    }
    List<Change.Put> puts = commit.puts();
    for (int i = 0; i < puts.size(); i++) {
      if (item.records().get(i).sealed().length() > 0) {
        late.put(puts.get(i).revision(), item.records().get(i));
      }
    }
  }

  private void pass(Commits.Item item, Sink sink) throws CofreException {
    Commit commit = commit(item);
    if (commit.seq() != seq + 1) {
      return;
    }
    seq++;
    List<Change.Put> puts = commit.puts();
    List<Commits.SealedRecord> records = new ArrayList<>();
    for (int i = 0; i < puts.size(); i++) {
      records.add(record(puts.get(i).revision(), item.records().get(i)));
    }
    sink.take(new Commits.Item(item.commit(), records));
  }

  private Commits.SealedRecord record(RevisionId revision, Commits.SealedRecord given) {
    boolean purged =
        index.find(revision).filter(r -> r.state() == Revision.State.PURGED).isPresent();
    if (purged) {
      return NONE;
    }
    return given.sealed().length() > 0 ? given : late.getOrDefault(revision, given);
  }
}
