package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.RemovalReport;
import dev.cofre.client.report.Reencrypt;
import dev.cofre.protocol.MemberId;
import java.time.Instant;

/// What the end of somebody's access has in common, of the team or of a vault.
final class Removals {
  private Removals() {}

  static Reencrypt reencrypt(boolean current) {
    return current ? Reencrypt.CURRENT : Reencrypt.NOTHING;
  }

  static Exit report(Run run, RemovalReport report, String name) {
    run.terminal()
        .result(
            new Removed(
                report.member(),
                report.closedAt(),
                report.versionsTotal(),
                report.versionsReencrypted(),
                report.filesFetchedBefore()),
            run.texts()
                .say("removal.done", name, run.terminal().figures().moment(report.closedAt())));
    run.terminal().say("removal.versions", report.versionsReencrypted(), report.versionsTotal());
    run.terminal().say("removal.fetched", report.filesFetchedBefore());
    return Exit.DONE;
  }

  private record Removed(
      MemberId member,
      Instant closedAt,
      long versionsTotal,
      long versionsReencrypted,
      long filesFetchedBefore) {}
}
