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
    return told(run, vault.id(), renewal, List.copyOf(renewal.failed().values()));
  }

  /// A vault with which it ended early. What was sealed again by then is known to the next run.
  static Result failed(Run run, VaultId vault, CofreException why) {
    return told(run, vault, Renewal.NOTHING_YET, List.of(Outcome.failed(vault.hex(), why)));
  }

  private static Result told(Run run, VaultId vault, Renewal renewal, List<Outcome> outcomes) {
    Outcomes failed = Outcomes.ofTransfers(run);
    failed.add(outcomes);
    return new Result(vault, renewal.fresh(), renewal.current(), failed.lines(), failed.tell());
  }
}
