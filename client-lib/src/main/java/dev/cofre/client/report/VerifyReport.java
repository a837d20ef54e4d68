package dev.cofre.client.report;

import dev.cofre.protocol.Head;
import dev.cofre.protocol.VaultId;
import java.util.List;

/// What a verification looked at, and what it found wrong. No findings: everything that was looked at is as its authors
/// signed it.
public record VerifyReport(
    VaultId vault,
    Head teamHead,
    Head head,
    long entries,
    long commits,
    long revisions,
    long records,
    long contents,
    long contentBytes,
    List<Finding> findings) {
  /// Copies the list.
  public VerifyReport {
    findings = List.copyOf(findings);
  }

  /// One thing that is wrong, or cannot be looked at: where, and what.
  public record Finding(String where, Kind kind, String what) {
    /// How bad it is.
    public enum Kind {
      /// Not what was signed.
      WRONG,
      /// Nothing wrapped for this member yet.
      NOT_YET_READABLE,
      /// The server does not give the bytes.
      MISSING
    }
  }
}
