package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Table;
import dev.cofre.client.SendLine;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.api.Sends.Openings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lists what left the team by links.
@Command
final class SendList extends Verb {
  @Parameters(arity = "0..1", paramLabel = "VAULT")
  private @Nullable String named;

  @Override
  public Exit run(Run run) throws CofreException {
    List<Vault> vaults = named == null ? run.cofre().vaults() : List.of(run.vault(named));
    List<SentLine> lines = new ArrayList<>();
    for (Vault vault : vaults) {
      for (SendLine line : vault.sends().all()) {
        lines.add(SentLine.of(vault.id(), line, openings(vault, line)));
      }
    }
    run.terminal().results(lines, () -> table(run, lines));
    return Exit.DONE;
  }

  /// The server is asked only about those that it may still have.
  private static Optional<Openings> openings(Vault vault, SendLine line) throws CofreException {
    return line.state() == SendLine.State.OPEN
        ? Optional.of(vault.sends().openings(line.id()))
        : Optional.empty();
  }

  private static Table table(Run run, List<SentLine> lines) {
    Table table = Table.left();
    for (SentLine line : lines) {
      table.row(
          Words.shortId(line.sendId()),
          run.texts().say("word." + line.state()),
          run.terminal().figures().moment(line.expires()),
          line.opened().map(n -> n + line.opens().map(most -> "/" + most).orElse("")).orElse("-"),
          line.author(),
          line.to());
    }
    return table;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND);
  }
}
