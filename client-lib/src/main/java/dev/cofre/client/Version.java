package dev.cofre.client;

import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import java.time.Instant;

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
