package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/// Writes a manual page for every command into a directory.
@Command
final class Man extends Verb {
  @Parameters(paramLabel = "DIRECTORY")
  private String directory = "";

  @Override
  public Exit run(Run run) throws IOException {
    Path target = run.terminal().shell().resolve(directory);
    Files.createDirectories(target);
    write(run, target, Verbs.parser(new Common(), Optional.empty()).getCommandSpec());
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return local();
  }

  private static void write(Run run, Path target, CommandSpec spec) throws IOException {
    String name = spec.qualifiedName("-");
    Files.writeString(target.resolve(name + ".1"), page(run.texts(), spec));
    for (CommandLine below : spec.subcommands().values()) {
      write(run, target, below.getCommandSpec());
    }
  }

  static String page(Texts texts, CommandSpec spec) {
    String name = spec.qualifiedName("-");
    StringBuilder page = new StringBuilder();
    page.append(".TH ").append(name.toUpperCase(Locale.ROOT)).append(" 1 \"\" Cofre Cofre\n");
    section(page, texts.say("man.name"), name + " - " + HelpPage.header(texts, spec));
    section(page, texts.say("man.synopsis"), new HelpPage(texts, spec).synopsis());
    section(
        page,
        texts.say("man.description"),
        texts
            .maybe("help." + HelpPage.key(spec) + ".more")
            .orElseGet(() -> HelpPage.header(texts, spec)));
    page.append(".SH ").append(texts.say("man.options")).append('\n');
    for (OptionSpec option : spec.options()) {
      item(page, HelpPage.typed(option), HelpPage.describe(texts, spec, option));
    }
    page.append(".SH ").append(texts.say("man.exits")).append('\n');
    Set<Exit> exits =
        spec.userObject() instanceof Verb verb ? verb.exits() : EnumSet.allOf(Exit.class);
    exits.stream()
        .sorted()
        .forEach(
            exit -> item(page, Integer.toString(exit.code()), texts.say("exit." + exit.key())));
    texts
        .maybe("help." + HelpPage.key(spec) + ".example")
        .ifPresent(example -> section(page, texts.say("man.example"), example));
    return page.toString();
  }

  private static void section(StringBuilder page, String title, String text) {
    page.append(".SH ").append(title).append('\n').append(roff(text)).append('\n');
  }

  private static void item(StringBuilder page, String term, String text) {
    page.append(".TP\n.B ").append(roff(term)).append('\n').append(roff(text)).append('\n');
  }

  private static String roff(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
