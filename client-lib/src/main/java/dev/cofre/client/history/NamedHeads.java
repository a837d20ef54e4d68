package dev.cofre.client.history;

import dev.cofre.protocol.Head;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Entry;
import java.util.Optional;

/// The heads of vaults that entries of the team log name.
final class NamedHeads {
  private NamedHeads() {}

  /// The entry that names a vault's chain at a place.
  static Optional<Signed<Entry>> naming(VerifiedLog log, VaultId vault, long seq) {
    return log.entries().stream()
        .filter(entry ->
            entry.value().body().namedHeads().stream().anyMatch(named -> isAt(named, vault, seq)))
        .findFirst();
  }

  private static boolean isAt(VaultHead named, VaultId vault, long seq) {
    Head head = named.head();
    return named.vault().equals(vault) && head.seq() == seq;
  }
}
