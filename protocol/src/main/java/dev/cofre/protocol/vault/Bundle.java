package dev.cofre.protocol.vault;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.cbor.Length;
import java.util.List;

/// Wraps for one recipient under one channel: the record keys of some puts of some commits. The bundle of a commit has one
/// run over all its puts; a grant's bundles have a run for each commit, in order, up to 1 MiB of wraps in each.
public record Bundle(
    MemberId recipient, Hash channel, @Length(min = 1, max = Bundle.MAX_RUNS) List<Run> runs) {
  /// Bytes of one wrap: a 32-byte record key under AES-256-GCM.
  public static final int WRAP_LENGTH = 48;

  /// Most runs of one bundle.
  public static final int MAX_RUNS = 21_845;

  public Bundle {
    runs = List.copyOf(runs);
    for (int i = 1; i < runs.size(); i++) {
      if (runs.get(i).place() <= runs.get(i - 1).place()) {
        throw new IllegalArgumentException("runs out of order");
      }
    }
  }

  /// How many wraps there are in all.
  public int wraps() {
    return runs.stream().mapToInt(Run::count).sum();
  }

  /// Wraps of the puts numbered `first`, `first + 1`, … (from 0) of the commit `seq`, 48 bytes each.
  public record Run(long seq, int first, @Length(min = WRAP_LENGTH, max = 1 << 20) Bytes wraps) {
    public Run {
      if (wraps.length() % WRAP_LENGTH != 0 || seq >= 1L << 50 || first > Commit.MAX_CHANGES) {
        throw new IllegalArgumentException("not a run of whole wraps");
      }
    }

    /// How many wraps there are.
    public int count() {
      return wraps.length() / WRAP_LENGTH;
    }

    /// The i-th wrap of the run.
    public Bytes wrap(int i) {
      return wraps.slice(i * WRAP_LENGTH, WRAP_LENGTH);
    }

    private long place() {
      return (seq << 13) | first;
    }
  }
}
