package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Table;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Looks at this machine, the device's state and the server, and says what is not as it should be.
@Command
final class Doctor extends Verb {
  @Option(names = "--server", paramLabel = "URL")
  private @Nullable String server;

  @Override
  public Exit run(Run run) {
    Optional<URI> address = Optional.ofNullable(server).map(run::server);
    List<Checkup.Finding> findings = new Checkup(run).examine(address);
    run.terminal()
        .results(
            findings,
            () -> {
              Table table = Table.left();
              findings.forEach(
                  f -> table.row(Words.of(run.texts(), f.state()), f.check(), f.detail()));
              return table;
            });
    boolean local =
        findings.stream()
            .anyMatch(f -> f.state() == Checkup.State.BAD && !f.check().equals("server"));
    boolean remote = findings.stream().anyMatch(f -> f.state() == Checkup.State.BAD);
    if (local) {
      return Exit.LOCAL_STATE;
    }
    return remote ? Exit.UNREACHABLE : Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return local(Exit.UNREACHABLE, Exit.LOCAL_STATE, Exit.INTERRUPTED);
  }
}
