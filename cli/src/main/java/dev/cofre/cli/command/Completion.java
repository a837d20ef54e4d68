package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Visible;
import java.util.Optional;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Prints the completion script of a shell.
@Command
final class Completion extends Verb {
  @Parameters(paramLabel = "SHELL")
  private String shell = "";

  @Override
  public Exit run(Run run) {
    CommandLine all = Verbs.parser(new Common(), Optional.empty());
    String script =
        switch (shell) {
          case "bash", "zsh" -> AutoComplete.bash("cofre", all);
          case "fish" -> new FishScript(run.texts()).of(all.getCommandSpec());
          default -> throw run.texts().halt(Exit.USAGE, "shell", Visible.of(shell));
        };
    run.terminal().out().print(script);
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return local();
  }
}
