package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Table;
import dev.cofre.cli.terminal.Texts;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.report.Content;
import dev.cofre.client.report.VerifyReport;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.VaultId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Checks every signature, hash and wrap of the vaults again and, if asked to, every byte.
@Command
final class Verify extends ContentVerb {
  @Parameters(arity = "0..1", paramLabel = "VAULT")
  private @Nullable String named;

  @Option(names = "--content")
  private boolean content;

  @Override
  public Exit run(Run run) throws CofreException {
    List<Vault> vaults = named == null ? run.cofre().vaults() : List.of(run.vault(named));
    Exit exit = Exit.DONE;
    for (Vault vault : vaults) {
      try (Transfer transfer = new Transfer(run.terminal())) {
        VerifyReport report =
            vault.verify(content ? Content.EVERY_BYTE : Content.SKIPPED, transfer);
        transfer.clear();
        show(run, vault, report);
        exit = worse(exit, exit(report));
      }
    }
    return exit;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.PARTLY, Exit.NOT_FOUND);
  }

  private static void show(Run run, Vault vault, VerifyReport report) {
    Texts texts = run.texts();
    Verified verified = Verified.of(vault, report);
    run.terminal()
        .result(
            verified,
            () -> {
              List<String> lines = new ArrayList<>();
              lines.add(
                  texts.say(
                      exit(report) == Exit.DONE ? "verify.good" : "verify.bad",
                      Visible.of(vault.name()),
                      report.entries(),
                      report.commits(),
                      report.records(),
                      report.contents(),
                      run.terminal().figures().size(report.contentBytes())));
              Table table = Table.left();
              report
                  .findings()
                  .forEach(f -> table.row("", Words.of(texts, f.kind()), f.where(), f.what()));
              lines.addAll(table.lines());
              return lines;
            });
  }

  private static Exit exit(VerifyReport report) {
    Exit exit = Exit.DONE;
    for (VerifyReport.Finding finding : report.findings()) {
      exit =
          worse(
              exit,
              switch (finding.kind()) {
                case WRONG -> Exit.INTEGRITY;
                case MISSING -> Exit.PARTLY;
                case NOT_YET_READABLE -> Exit.DONE;
              });
    }
    return exit;
  }

  private static Exit worse(Exit one, Exit other) {
    return one.code() >= other.code() ? one : other;
  }

  private record Verified(
      VaultId vaultId,
      String name,
      Head teamHead,
      Head head,
      long entries,
      long commits,
      long revisions,
      long records,
      long contents,
      long contentBytes,
      List<VerifyReport.Finding> findings) {
    static Verified of(Vault vault, VerifyReport report) {
      return new Verified(
          report.vault(),
          vault.name(),
          report.teamHead(),
          report.head(),
          report.entries(),
          report.commits(),
          report.revisions(),
          report.records(),
          report.contents(),
          report.contentBytes(),
          report.findings());
    }
  }
}
