package dev.cofre.client.history;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.replica.Replica;
import dev.cofre.client.replica.VaultStore;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.signed.SignedBytes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/// Two signed texts that contradict each other: proof of a fork, whatever the server says later.
final class Evidence {
  private static final Codec<SignedBytes> CODEC = Codec.of(SignedBytes.class);

  private Evidence() {}

  /// The commit that this device has verified at a place.
  static Optional<SignedBytes> stored(VaultStore store, long seq) throws CofreException {
    AtomicReference<Optional<SignedBytes>> found = new AtomicReference<>(Optional.empty());
    store.readChain(item -> {
      if (CommitCheck.read(item.commit()).value().seq() == seq) {
        found.set(Optional.of(item.commit()));
      }
    });
    return found.get();
  }

  /// The commit that the server shows at a place now.
  static Optional<SignedBytes> shown(Connection connection, VaultId vault, long seq)
      throws CofreException {
    try {
      return connection
          .server()
          .commits(connection.team(), vault, Math.max(0, seq - 1), 1)
          .commits()
          .stream()
          .map(Commits.Item::commit)
          .findFirst();
    } catch (Refused | Unreachable _) {
      return Optional.empty();
    }
  }

  /// The entry that the server shows at a place now.
  static Optional<SignedBytes> shown(Connection connection, long seq) throws CofreException {
    try {
      OptionalLong before = seq == 0 ? OptionalLong.empty() : OptionalLong.of(seq - 1);
      return connection.server().log(connection.team(), before).entries().stream().findFirst();
    } catch (Refused | Unreachable _) {
      return Optional.empty();
    }
  }

  /// Writes both to the evidence directory.
  static Path keep(Replica replica, String name, SignedBytes ours, SignedBytes theirs)
      throws LocalState {
    return replica.keepEvidence(name, CODEC.encode(ours), CODEC.encode(theirs));
  }
}
