package dev.cofre.client.history;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Forked;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.client.replica.Replica;
import dev.cofre.client.replica.Stored.Fact;
import dev.cofre.client.replica.VaultStore;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Entry;
import java.nio.file.Path;
import java.util.Optional;

/// What a server did to the history of a vault, as failures. Where two signed texts prove it, both are kept.
final class VaultAlarms {
  private final Connection connection;
  private final Replica replica;
  private final VaultStore store;

  VaultAlarms(Connection connection, Replica replica, VaultStore store) {
    this.connection = connection;
    this.replica = replica;
    this.store = store;
  }

  /// It shows less than is known.
  RolledBack rolledBack(long shown, long known) {
    return new RolledBack(
        "the server shows the vault "
            + store.vault()
            + " only up to commit "
            + shown
            + ", but commit "
            + known
            + " is known to exist",
        "Ask whoever runs the server whether it was restored from a backup. Nothing was changed here.");
  }

  /// The chain has another commit at a place than the team log names.
  Forked contradicts(Head named) {
    return new Forked(
        "the history of the vault "
            + store.vault()
            + " contradicts the team log at commit "
            + named.seq(),
        Judgement.FORK_HINT);
  }

  /// It shows another commit at a place than before: the two cannot both follow upon the same.
  Forked forked(long seq) throws CofreException {
    return proven(
        "the server shows another history of the vault "
            + store.vault()
            + " from commit "
            + seq
            + " on",
        seq,
        Evidence.stored(store, seq),
        Evidence.shown(connection, store.vault(), seq));
  }

  /// It showed a commit before the entry that had ended its author's right: the two cannot both have been shown in time.
  Forked keptBack(Fact.Committed late, Optional<Signed<Entry>> ending) throws CofreException {
    Optional<SignedBytes> commit = Evidence.stored(store, late.seq());
    if (commit.isEmpty()) {
      commit = Evidence.shown(connection, store.vault(), late.seq());
    }
    return proven(
        "commit "
            + late.seq()
            + " of the vault "
            + store.vault()
            + " was made after its author's right had ended, which the server kept from this device",
        late.seq(),
        commit,
        ending.map(Signed::bytes));
  }

  private Forked proven(
      String message, long seq, Optional<SignedBytes> ours, Optional<SignedBytes> theirs)
      throws LocalState {
    if (ours.isEmpty() || theirs.isEmpty()) {
      return new Forked(message, Judgement.FORK_HINT);
    }
    String name = "vault-" + store.vault().hex().substring(0, 16) + "-" + seq;
    Path kept = Evidence.keep(replica, name, ours.get(), theirs.get());
    return new Forked(message + "; evidence in " + kept, Judgement.FORK_HINT);
  }
}
