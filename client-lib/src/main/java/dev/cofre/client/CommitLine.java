package dev.cofre.client;

import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import java.time.Instant;
import java.util.List;

/// One verified commit, readable. `time` is the author's clock, `teamSeq` the team log as its author knew it.
public record CommitLine(
    long seq,
    Hash hash,
    Instant time,
    MemberId author,
    String authorName,
    DeviceId device,
    long teamSeq,
    Knowledge knowledge,
    List<ChangeLine> changes) {
  /// Copies the list.
  public CommitLine {
    changes = List.copyOf(changes);
  }

  /// What its author knew of the members.
  public enum Knowledge {
    /// All that the log says before the commits that follow.
    CURRENT,
    /// Written before its author knew of a removal that names an earlier head of this vault.
    BEFORE_A_REMOVAL
  }

  /// One change. `path` is empty where the record cannot be read, and of a send.
  public record ChangeLine(Kind kind, FileId file, String path) {
    /// What changed.
    public enum Kind {
      /// A new file.
      ADDED,
      /// A new version.
      UPDATED,
      /// The same content at another path.
      MOVED,
      /// Deleted; kept versions can be restored.
      DELETED,
      /// Versions were erased.
      PURGED,
      /// The vault's name.
      NAMED,
      /// Contents left the team by a link.
      SENT,
      /// A send was ended.
      SEND_ENDED,
      /// A send was made to last longer.
      SEND_EXTENDED
    }
  }
}
