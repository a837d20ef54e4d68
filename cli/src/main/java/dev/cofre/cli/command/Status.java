package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Table;
import dev.cofre.cli.terminal.Texts;
import dev.cofre.client.Cofre;
import dev.cofre.client.Vault;
import dev.cofre.client.WhoAmI;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.VaultId;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/// Shows this device: where it lives, whether it is unlocked, and what it knows of its vaults.
@Command
final class Status extends Verb {
  @Override
  public Exit run(Run run) throws CofreException {
    if (!Cofre.existsIn(run.home())) {
      Shown shown =
          new Shown(
              run.home(),
              false,
              false,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of());
      run.terminal().result(shown, run.texts().say("status.none", run.home()));
      return Exit.DONE;
    }
    boolean unlocked = run.agent().isKept();
    WhoAmI who = run.cofre().whoAmI();
    List<VaultLine> vaults = new ArrayList<>();
    for (Vault vault : vaults(run)) {
      vaults.add(VaultLine.of(vault));
    }
    Shown shown =
        new Shown(
            run.home(),
            true,
            unlocked,
            Optional.of(who.teamName()),
            Optional.of(who.memberName()),
            Optional.of(who.server()),
            vaults);
    run.terminal().result(shown, () -> lines(run, shown));
    return Exit.DONE;
  }

  /// As they are, or as they were last seen.
  private static List<Vault> vaults(Run run) throws CofreException {
    try {
      return run.cofre().vaults();
    } catch (Unreachable e) {
      run.terminal().warn("status.offline");
      return run.cofre().knownVaults();
    }
  }

  private static List<String> lines(Run run, Shown shown) {
    Texts texts = run.texts();
    Table table =
        Table.left()
            .row(texts.say("label.home"), shown.home())
            .row(
                texts.say("label.agent"),
                texts.say(shown.unlocked() ? "status.unlocked" : "status.locked"))
            .row(texts.say("label.team"), shown.team().orElse(""))
            .row(texts.say("label.member"), shown.member().orElse(""))
            .row(texts.say("label.server"), shown.server().map(URI::toString).orElse(""));
    for (VaultLine vault : shown.vaults()) {
      String unreadable =
          vault.unreadable() == 0 ? "" : " " + texts.say("status.unreadable", vault.unreadable());
      table.row(texts.say("label.vault"), vault.name() + " (" + vault.commits() + ")" + unreadable);
    }
    return table.lines();
  }

  private record Shown(
      Path home,
      boolean device,
      boolean unlocked,
      Optional<String> team,
      Optional<String> member,
      Optional<URI> server,
      List<VaultLine> vaults) {}

  private record VaultLine(VaultId vaultId, String name, long commits, Hash head, int unreadable) {
    static VaultLine of(Vault vault) throws CofreException {
      return new VaultLine(
          vault.id(),
          vault.name(),
          vault.head().seq(),
          vault.head().hash(),
          vault.unreadable().size());
    }
  }
}
