package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Terminal;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.report.ExportReport;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.VaultId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes a whole vault into a directory of its own: opened, or as it is sealed.
@Command
final class Export extends ContentVerb {
  @Parameters(index = "0", paramLabel = "VAULT")
  private String named = "";

  @Parameters(index = "1", paramLabel = "DIR")
  private String typed = "";

  @Option(names = "--encrypted")
  private boolean encrypted;

  @Override
  public Exit run(Run run) throws CofreException {
    Path target = target(run, typed);
    Vault vault = run.vault(named);
    Outcomes outcomes = Outcomes.ofTransfers(run);
    try (Transfer transfer = new Transfer(run.terminal())) {
      if (encrypted) {
        ExportReport report = vault.exportSealed(target, transfer);
        transfer.clear();
        return show(run, vault, target, report);
      }
      outcomes.add(vault.export(target, transfer));
    }
    return outcomes.show();
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.PARTLY, Exit.NOT_FOUND, Exit.STOPPED);
  }

  private static Path target(Run run, String typed) {
    Path path = run.terminal().shell().resolve(typed);
    Path parent = Objects.requireNonNullElse(path.toAbsolutePath().normalize().getParent(), path);
    if (!Files.isDirectory(parent)) {
      throw run.texts().halt(Exit.NOT_FOUND, "directory-missing", Visible.of(parent.toString()));
    }
    return path;
  }

  private static Exit show(Run run, Vault vault, Path target, ExportReport report) {
    Terminal terminal = run.terminal();
    Outcomes failed = Outcomes.ofTransfers(run);
    failed.add(report.failed());
    terminal.result(
        new Exported(
            report.vault(),
            vault.name(),
            target.toString(),
            report.teamHead(),
            report.head(),
            report.entries(),
            report.commits(),
            report.versions(),
            report.contents(),
            report.contentBytes(),
            failed.lines()),
        () ->
            List.of(
                run.texts()
                    .say(
                        "export.done",
                        Visible.of(vault.name()),
                        report.entries(),
                        report.commits(),
                        report.versions(),
                        report.contents(),
                        terminal.figures().size(report.contentBytes())),
                run.texts().say("export.head", report.head().seq(), report.head().hash().hex())));
    terminal.say("export.next");
    return failed.tell();
  }

  private record Exported(
      VaultId vaultId,
      String name,
      String directory,
      Head teamHead,
      Head head,
      long entries,
      long commits,
      long versions,
      long contents,
      long contentBytes,
      List<Outcomes.Line> failed) {}
}
