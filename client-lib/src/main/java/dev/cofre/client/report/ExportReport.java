package dev.cofre.client.report;

import dev.cofre.protocol.Head;
import dev.cofre.protocol.VaultId;
import java.util.List;

/// What an encrypted export holds: the team log and the vault's history up to these heads, how many versions open there, and the sealed
/// contents with their bytes. `failed` are the versions that do not open there, and why.
public record ExportReport(
    VaultId vault,
    Head teamHead,
    Head head,
    long entries,
    long commits,
    long versions,
    long contents,
    long contentBytes,
    List<Outcome> failed) {
  /// Copies the list.
  public ExportReport {
    failed = List.copyOf(failed);
  }
}
