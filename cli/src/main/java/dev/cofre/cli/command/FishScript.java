package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Texts;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Completions for the fish shell, written from the commands themselves.
final class FishScript {
  private final Texts texts;

  FishScript(Texts texts) {
    this.texts = texts;
  }

  String of(CommandSpec root) {
    StringBuilder script = new StringBuilder("complete -c cofre -f\n");
    options(script, root, "");
    for (CommandLine verb : root.subcommands().values()) {
      CommandSpec spec = verb.getCommandSpec();
      complete(script, "__fish_use_subcommand", "-a " + spec.name(), HelpPage.header(texts, spec));
      options(script, spec, "__fish_seen_subcommand_from " + spec.name());
      for (CommandLine lower : verb.getSubcommands().values()) {
        CommandSpec below = lower.getCommandSpec();
        complete(
            script,
            "__fish_seen_subcommand_from " + spec.name(),
            "-a " + below.name(),
            HelpPage.header(texts, below));
      }
    }
    for (String verb : List.of("put", "get")) {
      script
          .append("complete -c cofre -n '__fish_seen_subcommand_from ")
          .append(verb)
          .append("' -F\n");
    }
    return script.toString();
  }

  private void options(StringBuilder script, CommandSpec spec, String condition) {
    for (OptionSpec option : spec.options()) {
      if (option.inherited()) {
        continue;
      }
      StringBuilder flags = new StringBuilder();
      for (String name : option.names()) {
        flags.append(
            name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
      }
      if (option.arity().max() > 0) {
        flags.append(" -r");
      }
      complete(script, condition, flags.toString().strip(), HelpPage.describe(texts, spec, option));
    }
  }

  private static void complete(StringBuilder script, String condition, String what, String text) {
    script.append("complete -c cofre ");
    if (!condition.isEmpty()) {
      script.append("-n '").append(condition).append("' ");
    }
    script
        .append(what)
        .append(" -d '")
        .append(text.replace("\\", "\\\\").replace("'", "\\'"))
        .append("'\n");
  }
}
