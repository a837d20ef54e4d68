package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Renewal;
import dev.cofre.protocol.VaultId;
import java.time.Duration;
import java.util.List;

/// Seals a vault's contents again, some at a time; between them other commands have the device.
final class Renewing {
  private static final int AT_ONCE = 64;
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Renewing() {}

  /// How many contents are under fresh keys, of how many; which failed, and what the command ends with for that.
  record Result(VaultId vault, long fresh, long current, List<Outcomes.Line> failed, Exit exit) {}

  static Result of(Run run, String named) throws CofreException, InterruptedException {
    Vault vault = run.vault(named);
    Renewal renewal = Renewal.NOTHING_YET;
    try (Transfer transfer = new Transfer(run.terminal())) {
      renewal = vault.reencrypt(renewal, AT_ONCE, transfer);
      while (!renewal.done()) {
        run.rest(PAUSE);
        vault = run.vault(named);
        renewal = vault.reencrypt(renewal, AT_ONCE, transfer);
      }
      transfer.clear();
    }
    Outcomes failed = Outcomes.ofTransfers(run);
    failed.add(List.copyOf(renewal.failed().values()));
    return told(vault.id(), renewal, failed);
  }

  /// A vault with which it ended early: what was sealed again by then counts, and the next run goes on there.
  static Result failed(Run run, VaultId id, CofreException why) {
    String name = Words.shortId(id);
    Renewal renewal = Renewal.NOTHING_YET;
    try {
      for (Vault vault : run.cofre().knownVaults()) {
        if (vault.id().equals(id)) {
          name = vault.name();
          renewal = vault.renewal();
        }
      }
    } catch (CofreException _) {
      // What ended it keeps this device from looking, too.
    }
    Outcomes failed = Outcomes.ofTransfers(run).goingOnWith("removal.go-on", name);
    failed.add(List.of(Outcome.failed(name, why)));
    return told(id, renewal, failed);
  }

  private static Result told(VaultId vault, Renewal renewal, Outcomes failed) {
    return new Result(vault, renewal.fresh(), renewal.current(), failed.lines(), failed.tell());
  }
}
