package dev.cofre.client;

import dev.cofre.client.history.Revision;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import java.time.Instant;

/// A file whose current version cannot be shown, though its author's signature vouches that it is there.
public record UnreadableFile(
    FileId file, RevisionId revision, MemberId author, Instant time, Reason reason) {
  static UnreadableFile of(Revision revision) {
    return new UnreadableFile(
        revision.file(),
        revision.id(),
        revision.author(),
        revision.time(),
        switch (revision.state()) {
          case PENDING -> Reason.NOT_YET_READABLE;
          case WITHHELD -> Reason.WITHHELD;
          case READABLE, SPOILT, PURGED -> Reason.TAMPERED;
        });
  }

  /// Why.
  public enum Reason {
    /// No key has been wrapped for this member yet; an editor's client does so when it is next in touch.
    NOT_YET_READABLE,
    /// The server does not give the record, which it once took. It is asked for again each time.
    WITHHELD,
    /// The record is not what its author signed, or no valid record at all.
    TAMPERED
  }
}
