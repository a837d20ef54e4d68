package dev.cofre.client.history;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.replica.Stored.Fact;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.vault.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads what is stored of a vault again as if it had just arrived, and asks for this member's wraps again.
public final class Rereading {
  private final VaultHistory history;
  private final VaultIndex fresh;
  private final CommitCheck check;
  private final List<Revision> unwrappable = new ArrayList<>();
  private long revisions;
  private long records;

  /// How much was looked at, and the readable revisions of which the server holds no wrap that opens.
  public record Counts(long commits, long revisions, long records, List<Revision> unwrappable) {
    /// Copies the list.
    public Counts {
      unwrappable = List.copyOf(unwrappable);
    }
  }

  private Rereading(VaultHistory history) {
    this.history = history;
    this.fresh = new VaultIndex(history.vault());
    this.check = new CommitCheck(history.team(), fresh, history.alarms());
  }

  /// Verifies the stored team log and the stored chain, opens every record again, and every wrap.
  ///
  /// @throws CofreException [Tampered] when something stored is not what was signed
  public static Counts of(VaultHistory history) throws CofreException {
    VerifiedLog.of(history.connection().team(), history.team().log().bytes());
    Rereading reading = new Rereading(history);
    try {
      history.store().readChain(reading::read);
      if (!reading.fresh.head().equals(history.index().head())) {
        throw new Tampered("the stored history of the vault");
      }
      reading.unwrapAll();
    } finally {
      reading.fresh.close();
    }
    return new Counts(
        reading.fresh.commits().size(), reading.revisions, reading.records, reading.unwrappable);
  }

  private void read(Commits.Item item) throws CofreException {
    Fact.Committed commit = check.verify(item);
    fresh.learn(commit);
    int slot = 0;
    for (Change change : commit.changes()) {
      if (change instanceof Change.Put put) {
        revisions++;
        reopen(put, item.records().get(slot).sealed());
        slot++;
      }
    }
  }

  private void reopen(Change.Put put, Bytes sealed) throws CofreException {
    Optional<SecretBytes> key =
        history.index().find(put.revision()).filter(Revision::readable).flatMap(Revision::key);
    if (key.isPresent()) {
      Arrays.fill(SealedRecords.open(history.place(put), key.get(), sealed), (byte) 0);
      records++;
    }
  }

  private void unwrapAll() throws CofreException {
    long end = history.index().head().seq();
    try (Unwrapping wraps = new Unwrapping(history.connection().identity(), history.vault())) {
      for (long from = 1; from <= end; ) {
        long through = history.takeBundles(wraps, from);
        unwrap(wraps, from, through);
        from = through + 1;
      }
    }
  }

  private void unwrap(Unwrapping wraps, long from, long to) {
    for (Revision revision : history.index().revisions()) {
      Revision.Place at = revision.place();
      if (revision.readable() && at.seq() >= from && at.seq() <= to) {
        Optional<SecretBytes> key =
            wraps.key(
                history.place(revision.put()),
                at.seq(),
                at.slot(),
                revision.put(),
                revision.seal());
        key.ifPresent(SecretBytes::close);
        if (key.isEmpty()) {
          unwrappable.add(revision);
        }
      }
    }
  }
}
