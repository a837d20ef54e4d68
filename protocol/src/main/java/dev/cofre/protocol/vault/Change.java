package dev.cofre.protocol.vault;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.cbor.Kind;
import dev.cofre.protocol.cbor.Length;
import java.util.List;
import java.util.Optional;

/// One change of a commit. Kinds 4 to 7 are kept for sends and requests.
public sealed interface Change {
  /// The file concerned. A commit names a file at most once.
  FileId file();

  /// A new revision: content, name or both. `previous` is the file's last revision, absent for a new file. `blob` is absent
  /// only for the vault's name. `record` is the hash of the sealed record that travels beside the commit.
  @Kind(1)
  record Put(
      FileId file,
      RevisionId revision,
      Optional<RevisionId> previous,
      Optional<BlobId> blob,
      Hash record)
      implements Change {}

  /// A signed tombstone over the file's last revision. A later put brings the file back.
  @Kind(2)
  record Delete(FileId file, RevisionId previous) implements Change {}

  /// Erases superseded revisions, or any of a deleted file: record, wraps and unreferenced blobs go, hashes stay.
  @Kind(3)
  record Purge(FileId file, @Length(min = 1, max = 4096) List<RevisionId> revisions)
      implements Change {}
}
