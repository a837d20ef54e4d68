package dev.cofre.client.history;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Forked;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.replica.Stored.Fact;
import dev.cofre.client.replica.VaultStore;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.vault.Commit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// What a server did to the history of a vault, as failures. Where two signed texts prove a fork, it is remembered.
final class VaultAlarms {
  private static final String WHAT = "the vault's history";

  private final Connection connection;
  private final TeamHistory team;
  private final VaultStore store;

  VaultAlarms(Connection connection, TeamHistory team, VaultStore store) {
    this.connection = connection;
    this.team = team;
    this.store = store;
  }

  private VaultId vault() {
    return store.vault();
  }

  /// It shows less than is known.
  RolledBack rolledBack(long shown, long known) {
    return new RolledBack(
        "the server shows the vault "
            + vault()
            + " only up to commit "
            + shown
            + ", but commit "
            + known
            + " is known to exist",
        "Ask whoever runs the server whether it was restored from a backup. Nothing was changed here.");
  }

  /// The stored chain has another commit at a place than the team log names.
  Forked contradicts(Head named) throws CofreException {
    return proven(
        contradiction(named.seq()),
        named.seq(),
        NamedHeads.naming(team.log(), vault(), named.seq()).map(Signed::bytes),
        stored(named.seq()));
  }

  private String contradiction(long seq) {
    return "the history of the vault " + vault() + " contradicts the team log at commit " + seq;
  }

  /// It shows another commit than before: the two cannot both follow upon the same. `differing` is a place at which they differ.
  Forked forked(VaultIndex index, long differing) throws CofreException {
    Optional<Divergence> found =
        Divergence.find(Label.COMMIT, differing, seq -> hashAt(index, seq), this::shown);
    long seq = found.map(Divergence::seq).orElse(differing);
    return proven(
        "the server shows another history of the vault " + vault() + " from commit " + seq + " on",
        seq,
        stored(seq),
        found.map(Divergence::shown).filter(bytes -> follows(index, seq, bytes)));
  }

  private static Hash hashAt(VaultIndex index, long seq) {
    return index.headAt(seq).map(Head::hash).orElse(Hash.ZERO);
  }

  /// Whether bytes are a commit for a place upon the same as the one that is stored there, signed by a device of the team. Whether its author
  /// had the right does not matter: no honest server shows two of them.
  private boolean follows(VaultIndex index, long seq, SignedBytes bytes) {
    try {
      Signed<Commit> commit = CommitCheck.read(bytes);
      return commit.value().team().equals(connection.team())
          && commit.value().vault().equals(vault())
          && commit.value().seq() == seq
          && commit.value().prev().equals(hashAt(index, seq - 1))
          && isSigned(commit);
    } catch (CofreException _) {
      return false;
    }
  }

  private boolean isSigned(Signed<Commit> commit) {
    return Optional.ofNullable(team.state().devices().get(commit.value().device()))
        .filter(device -> device.member().equals(commit.value().author()))
        .filter(device -> commit.verifies(device.keys().signingKey()))
        .isPresent();
  }

  /// A commit that it shows breaks a rule. If the commit names, at a place of the team log that is known here, another entry, or is another
  /// than the log names for its own place, then the server has forked; else somebody made it up.
  CofreException broken(Signed<Commit> commit, RuleException e) throws CofreException {
    return switch (e.rule()) {
      case TEAM_HEAD -> foreign(commit);
      case FORK ->
          proven(
              contradiction(commit.value().seq()),
              commit.value().seq(),
              NamedHeads.naming(team.log(), vault(), commit.value().seq()).map(Signed::bytes),
              Optional.of(commit.bytes()).filter(_ -> isSigned(commit)));
      default -> Judgement.shown(WHAT, e);
    };
  }

  private CofreException foreign(Signed<Commit> commit) throws CofreException {
    long entry = commit.value().teamHead().seq();
    if (team.state().hashAt(entry).isEmpty() || !isSigned(commit)) {
      return new Tampered(WHAT);
    }
    return proven(
        "commit "
            + commit.value().seq()
            + " of the vault "
            + vault()
            + " was made upon another team log, in which entry "
            + entry
            + " is not the one known here",
        commit.value().seq(),
        Optional.of(team.log().entries().get((int) entry).bytes()),
        Optional.of(commit.bytes()));
  }

  /// It showed a commit before the entry that had ended its author's right: the two cannot both have been shown in time.
  Forked keptBack(Fact.Committed late) throws CofreException {
    Optional<Signed<Entry>> ending = LateCommits.ending(team.log(), vault(), late);
    return proven(
        "commit "
            + late.seq()
            + " of the vault "
            + vault()
            + " was made after its author's right had ended, which the server kept from this device",
        late.seq(),
        stored(late.seq()),
        ending.map(Signed::bytes));
  }

  private Forked proven(
      String what, long seq, Optional<SignedBytes> ours, Optional<SignedBytes> theirs)
      throws LocalState {
    if (ours.isEmpty() || theirs.isEmpty()) {
      return Forks.claimed(what);
    }
    String name = "vault-" + vault().hex().substring(0, 16) + "-" + seq;
    return team.forks().proven(what, name, ours.get(), theirs.get());
  }

  /// The commit that this device has verified at a place.
  private Optional<SignedBytes> stored(long seq) throws CofreException {
    AtomicReference<Optional<SignedBytes>> found = new AtomicReference<>(Optional.empty());
    store.readChain(item -> {
      if (CommitCheck.read(item.commit()).value().seq() == seq) {
        found.set(Optional.of(item.commit()));
      }
    });
    return found.get();
  }

  /// The commit that the server shows at a place now.
  private Optional<SignedBytes> shown(long seq) throws CofreException {
    return connection
        .server()
        .chain(connection.team(), vault(), Math.max(0, seq - 1), 1)
        .commits()
        .stream()
        .map(Commits.Item::commit)
        .findFirst();
  }
}
