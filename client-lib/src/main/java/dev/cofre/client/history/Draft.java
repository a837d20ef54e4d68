package dev.cofre.client.history;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.RevisionId;
import java.util.Optional;

/// A change about to be committed.
public sealed interface Draft {
  /// The file.
  FileId file();

  /// A new revision upon `previous`, with its record. The record's CBOR is asked for whenever it has to be sealed.
  record Put(
      FileId file,
      RevisionId revision,
      Optional<RevisionId> previous,
      Optional<BlobId> blob,
      RecordSource record)
      implements Draft {}

  /// A tombstone upon the last revision.
  record Delete(FileId file, RevisionId previous) implements Draft {}

  /// Encodes a record anew each time; the result is wiped by whoever asked.
  interface RecordSource {
    /// The CBOR.
    byte[] encode();
  }
}
