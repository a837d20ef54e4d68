package dev.cofre.protocol.vault;

import dev.cofre.protocol.RevisionId;

/// Where a file of a vault stands: its last revision, and whether a tombstone lies on it.
public record FileHead(RevisionId last, State state) {
  /// Whether a file is there.
  public enum State {
    /// It is there.
    LIVE,
    /// A delete was the last change.
    DELETED
  }

  /// Whether a delete was the last change.
  public boolean deleted() {
    return state == State.DELETED;
  }
}
