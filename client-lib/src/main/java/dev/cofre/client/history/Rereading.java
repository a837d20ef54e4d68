package dev.cofre.client.history;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
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
    Signed<Commit> signed = CommitCheck.read(item.commit());
    Head place = new Head(signed.value().seq(), signed.hash());
    if (place.seq() > fresh.head().seq()) {
      fresh.learn(check.verify(item));
      revisions += signed.value().puts().size();
    } else if (fresh.headAt(place.seq()).equals(Optional.of(place))) {
      CommitCheck.seals(signed.value(), item.records());
    } else {
      throw new Tampered("the stored history of the vault");
    }
    reopen(signed.value().puts(), item.records());
  }

  /// Opens what stands here of the records of a commit; those that were given later stand behind it.
  private void reopen(List<Change.Put> puts, List<Commits.SealedRecord> sealed)
      throws CofreException {
    for (int slot = 0; slot < puts.size(); slot++) {
      Change.Put put = puts.get(slot);
      Optional<SecretBytes> key =
          history.index().find(put.revision()).filter(Revision::readable).flatMap(Revision::key);
      if (key.isPresent() && sealed.get(slot).sealed().length() > 0) {
        Bytes record = sealed.get(slot).sealed();
        Arrays.fill(SealedRecords.open(history.place(put), key.get(), record), (byte) 0);
        records++;
      }
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
