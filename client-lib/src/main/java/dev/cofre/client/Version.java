package dev.cofre.client;

import dev.cofre.client.format.FileRecord;
import dev.cofre.client.history.Revision;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import java.time.Instant;
import java.util.Optional;

/// One version of a file, numbered from 1. `time` is the author's clock; `size` and `path` are 0 and empty where the record
/// cannot be read.
public record Version(
    int number,
    RevisionId revision,
    MemberId author,
    String authorName,
    Instant time,
    String path,
    long size,
    State state) {
  /// A revision, `place` being what it is as long as it can be read.
  static Version of(Revision revision, String authorName, State place) {
    Optional<FileRecord.Facts> facts = revision.facts();
    return new Version(
        revision.number(),
        revision.id(),
        revision.author(),
        authorName,
        revision.time(),
        facts.map(f -> f.path().value()).orElse(""),
        facts.map(FileRecord.Facts::size).orElse(0L),
        switch (revision.state()) {
          case READABLE -> place;
          case PENDING, WITHHELD, SPOILT -> State.UNREADABLE;
          case PURGED -> State.PURGED;
        });
  }

  /// What became of it.
  public enum State {
    /// What the file is now.
    CURRENT,
    /// A later version replaced it; it can be restored.
    SUPERSEDED,
    /// The file was deleted with this as its last version; it can be restored.
    DELETED,
    /// Its content is erased.
    PURGED,
    /// It cannot be read with our keys, or not yet.
    UNREADABLE
  }
}
