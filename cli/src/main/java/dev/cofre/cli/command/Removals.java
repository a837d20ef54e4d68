package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.RemovalReport;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.report.Change;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What the end of somebody's access has in common, of the team or of a vault.
final class Removals {
  private Removals() {}

  /// Seals again what is asked to be, and reports. The access has ended before: whatever stops this can be gone on with.
  static Exit finish(Run run, RemovalReport report, String name, boolean reencrypt)
      throws CofreException, InterruptedException {
    run.terminal()
        .say(
            Words.outcome("removal", report.change()),
            name,
            run.terminal().figures().moment(report.closedAt()));
    long fresh = 0;
    Exit exit = Exit.DONE;
    List<Outcomes.Line> failed = new ArrayList<>();
    for (VaultId vault : reencrypt ? report.vaults() : List.<VaultId>of()) {
      Renewing.Result result = renewed(run, vault);
      fresh += result.fresh();
      failed.addAll(result.failed());
      exit = exit == Exit.INTEGRITY || result.exit() == Exit.DONE ? exit : result.exit();
    }
    run.terminal()
        .result(
            new Removed(
                report.member(),
                report.change(),
                report.closedAt(),
                report.versionsTotal(),
                fresh,
                report.filesFetchedBefore(),
                failed),
            run.texts().say("removal.versions", fresh, report.versionsTotal()));
    run.terminal().say("removal.fetched", report.filesFetchedBefore());
    if (!reencrypt && report.versionsTotal() > 0) {
      run.terminal().say("removal.again");
    }
    return exit;
  }

  /// What became of one vault; the removal stands whatever that is, and the other vaults are still to be looked at.
  private static Renewing.Result renewed(Run run, VaultId vault)
      throws CofreException, InterruptedException {
    try {
      return Renewing.of(run, vault.hex());
    } catch (CofreException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return Renewing.failed(run, vault, e);
    }
  }

  private record Removed(
      MemberId member,
      Change change,
      Instant closedAt,
      long versionsTotal,
      long versionsReencrypted,
      long filesFetchedBefore,
      List<Outcomes.Line> failed) {}
}
