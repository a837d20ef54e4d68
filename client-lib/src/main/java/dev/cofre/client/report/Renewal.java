package dev.cofre.client.report;

import dev.cofre.protocol.FileId;
import java.util.Map;

/// How far a vault's current contents are sealed under keys that nobody had whose right has ended: `fresh` of `current`; and which could not be
/// sealed again since the run began.
public record Renewal(long current, long fresh, Map<FileId, Outcome> failed) {
  /// Before a run.
  public static final Renewal NOTHING_YET = new Renewal(0, 0, Map.of());

  public Renewal {
    failed = Map.copyOf(failed);
  }

  /// Whether going on would seal nothing more now.
  public boolean done() {
    return fresh + failed.size() >= current;
  }
}
