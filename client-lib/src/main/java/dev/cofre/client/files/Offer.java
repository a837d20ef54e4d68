package dev.cofre.client.files;

import dev.cofre.client.failure.LocalState;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.replica.UploadJournal;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.team.Recipient;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// For whose keys a content key has been wrapped, in commits that the server may have been sent and that are not in the vault. Once one of
/// them has no right any more, the content must be sealed again: what a commit names from then on must not open with what they may have.
final class Offer {
  private final Optional<UploadJournal> journal;
  private Set<Hash> made;

  /// An offer of the upload that the journal remembers, or of one that ends with this run.
  Offer(Optional<UploadJournal> journal) {
    this.journal = journal;
    made = journal.map(UploadJournal::offered).orElse(Set.of());
  }

  /// Whether all to whom it was made may still read the vault.
  boolean stands(VaultHistory now) {
    return keys(now).containsAll(made);
  }

  /// Makes it to all who may read the vault now; durable where there is a journal.
  void make(VaultHistory now) throws LocalState {
    Set<Hash> keys = keys(now);
    if (keys.equals(made)) {
      return;
    }
    if (journal.isPresent()) {
      journal.get().offer(keys);
    }
    made = keys;
  }

  private static Set<Hash> keys(VaultHistory now) {
    return now.team().state().recipients(now.vault()).values().stream()
        .map(Recipient::keyHash)
        .collect(Collectors.toUnmodifiableSet());
  }
}
