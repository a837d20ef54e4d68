package dev.cofre.protocol.vault;

import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.VaultId;
import java.util.Optional;

/// What [VaultRules] must know of a vault's history so far: looked up by the server in its rows and by a client in its index.
public interface VaultView {
  /// The vault.
  VaultId vault();

  /// The last commit, or [Head#ofEmpty].
  Head head();

  /// The seq of the last commit's team head, 0 before the first commit.
  long lastTeamSeq();

  /// Where a file stands; absent when no commit ever put it.
  Optional<FileHead> file(FileId file);

  /// Whether any revision of the vault, purged ones included, has this id.
  boolean knows(RevisionId revision);

  /// Whether this is a revision of this file that is not purged.
  boolean holds(FileId file, RevisionId revision);

  /// Whether this is a revision, of any file, that has a blob and is not purged.
  boolean holdsContent(RevisionId revision);

  /// Where a send stands; absent when no commit ever made it.
  Optional<SendHead> send(SendId send);
}
