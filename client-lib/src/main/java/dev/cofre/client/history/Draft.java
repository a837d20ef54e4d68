package dev.cofre.client.history;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.vault.Change;
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

  /// A send, with the record of its description, whose hash is not known before.
  record Send(Change.Send change, RecordSource record) implements Draft {
    @Override
    public FileId file() {
      return change.file();
    }
  }

  /// The end of a send, or more time for it: a change without a record.
  record OfSend(Change change) implements Draft {
    @Override
    public FileId file() {
      return change.file();
    }
  }

  /// Encodes a record anew each time; the result is wiped by whoever asked.
  interface RecordSource {
    /// The CBOR.
    byte[] encode();
  }
}
