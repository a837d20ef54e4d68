package dev.cofre.protocol.vault;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.cbor.Kind;
import dev.cofre.protocol.cbor.Length;
import java.util.List;
import java.util.Optional;

/// One change of a commit. Kinds 7 and 8 are kept for requests.
public sealed interface Change {
  /// The file concerned; of a send that of its description. A commit names a file at most once.
  FileId file();

  /// The revision that it makes, if it makes one: it has a sealed record, and a slot in each bundle.
  default Optional<Put> made() {
    return Optional.empty();
  }

  /// A new revision: content, name or both. `previous` is the file's last revision, absent for a new file. `blob` is absent
  /// only for the vault's name. `record` is the hash of the sealed record that travels beside the commit.
  @Kind(1)
  record Put(
      FileId file,
      RevisionId revision,
      Optional<RevisionId> previous,
      Optional<BlobId> blob,
      Hash record)
      implements Change {
    @Override
    public Optional<Put> made() {
      return Optional.of(this);
    }
  }

  /// A signed tombstone over the file's last revision. A later put brings the file back.
  @Kind(2)
  record Delete(FileId file, RevisionId previous) implements Change {}

  /// Erases superseded revisions, or any of a deleted file: record, wraps and unreferenced blobs go, hashes stay. Ends the sends that
  /// hand one of them out.
  @Kind(3)
  record Purge(FileId file, @Length(min = 1, max = 4096) List<RevisionId> revisions)
      implements Change {}

  /// Contents leave the team by a link. `revisions` are handed out as they are, `blobs` belong to sends alone; the `manifest` says
  /// what they are and how they open, sealed for whoever has the link. `revision` and `record` are those of the description for the vault's
  /// members, a revision without a blob.
  ///
  /// @param access hash of the token by which the server knows who has the link
  /// @param preface what whoever has the link may read before they open it, sealed
  /// @param sealed SHA-256 of the manifest's blob
  @Kind(4)
  record Send(
      SendId send,
      RevisionId revision,
      Hash record,
      Hash access,
      @Length(min = 1, max = Send.MAX_PREFACE) Bytes preface,
      BlobId manifest,
      Hash sealed,
      @Length(max = Send.MAX_CONTENTS) List<RevisionId> revisions,
      @Length(max = Send.MAX_CONTENTS) List<BlobId> blobs,
      SendTerms terms)
      implements Change {
    /// Most contents of either kind.
    public static final int MAX_CONTENTS = 4096;

    /// Longest sealed preface in bytes.
    public static final int MAX_PREFACE = 1024;

    @Override
    public FileId file() {
      return send.description();
    }

    /// The same with another hash of its description.
    public Send describedBy(Hash other) {
      return new Send(
          send, revision, other, access, preface, manifest, sealed, revisions, blobs, terms);
    }

    @Override
    public Optional<Put> made() {
      return Optional.of(new Put(file(), revision, Optional.empty(), Optional.empty(), record));
    }
  }

  /// Nobody opens a send any more.
  @Kind(5)
  record SendEnd(SendId send) implements Change {
    @Override
    public FileId file() {
      return send.description();
    }
  }

  /// A send can be opened for longer: until `expires`, in milliseconds since 1970.
  @Kind(6)
  record SendExtend(SendId send, long expires) implements Change {
    @Override
    public FileId file() {
      return send.description();
    }
  }
}
