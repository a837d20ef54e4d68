package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Texts;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The page that `--help` shows: how to write the command, what it does, its options, an example and its exit codes. Meant to
/// fit a screen of 24 lines and 80 columns.
final class HelpPage {
  private static final int COLUMNS = 79;
  private static final int MANY_OPTIONS = 6;

  private final Texts texts;
  private final CommandSpec spec;

  HelpPage(Texts texts, CommandSpec spec) {
    this.texts = texts;
    this.spec = spec;
  }

  /// What a command does, in a line.
  static String header(Texts texts, CommandSpec spec) {
    return texts.say("help." + key(spec));
  }

  /// What an option does, in a line.
  static String describe(Texts texts, CommandSpec spec, OptionSpec option) {
    String name = option.longestName().replaceFirst("^-+", "");
    return texts
        .maybe("help." + key(spec) + ".option." + name)
        .orElseGet(() -> texts.say("help.option." + name));
  }

  /// `team.create` for `cofre team create`; `cofre` for the root.
  static String key(CommandSpec spec) {
    List<String> names = new ArrayList<>();
    for (CommandSpec at = spec; at != null && at.parent() != null; at = at.parent()) {
      names.addFirst(at.name());
    }
    return names.isEmpty() ? "cofre" : String.join(".", names);
  }

  /// An option as it is typed, such as `--until DATE`.
  static String typed(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() > 0 ? names + " " + option.paramLabel() : names;
  }

  String synopsis() {
    String arguments = texts.maybe("help." + key(spec) + ".usage").orElse("");
    return (spec.qualifiedName() + " " + arguments).strip();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    wrap(lines, texts.say("help.usage") + " ", synopsis());
    lines.add("");
    wrap(lines, "", header(texts, spec));
    texts.maybe("help." + key(spec) + ".more").ifPresent(more -> wrap(lines, "", more));
    if (spec.parent() == null) {
      topics(lines);
    } else {
      verbs(lines);
    }
    options(lines);
    texts
        .maybe("help." + key(spec) + ".example")
        .ifPresent(example -> lines.addAll(List.of("", texts.say("help.example"), "  " + example)));
    lines.add("");
    lines.add(texts.say("help.exits"));
    wrap(lines, "  ", exits());
    return lines;
  }

  private void topics(List<String> lines) {
    lines.add("");
    for (String topic : Verbs.TOPICS) {
      List<String> names =
          Verbs.ALL.stream().filter(v -> v.topic().equals(topic)).map(Verbs.Named::name).toList();
      wrap(lines, "  " + pad(texts.say("help.topic." + topic), 18), String.join("  ", names));
    }
  }

  private void verbs(List<String> lines) {
    if (!spec.subcommands().isEmpty() && options().size() > MANY_OPTIONS) {
      lines.add("");
      wrap(lines, "  ", String.join("  ", spec.subcommands().keySet()));
    } else if (!spec.subcommands().isEmpty()) {
      lines.add("");
      spec.subcommands()
          .forEach((name, verb) ->
              wrap(lines, "  " + pad(name, 10), header(texts, verb.getCommandSpec())));
    }
  }

  private List<OptionSpec> options() {
    return spec.options().stream().filter(o -> !o.inherited()).toList();
  }

  private void options(List<String> lines) {
    List<OptionSpec> own = options();
    if (!own.isEmpty()) {
      lines.add("");
      lines.add(texts.say("help.options"));
      int width = own.stream().mapToInt(o -> typed(o).length()).max().orElse(0);
      own.forEach(option ->
          wrap(lines, "  " + pad(typed(option), width + 2), describe(texts, spec, option)));
    }
    if (spec.parent() != null) {
      lines.add("");
      wrap(
          lines,
          texts.say("help.everywhere") + " ",
          "--json --quiet --yes --lang --passphrase-file --help");
    }
  }

  private String exits() {
    Set<Exit> exits =
        spec.userObject() instanceof Verb verb ? verb.exits() : EnumSet.allOf(Exit.class);
    return exits.stream()
        .sorted()
        .map(
            exit -> exit.code() + "\u00a0" + texts.say("exit." + exit.key()).replace(' ', '\u00a0'))
        .collect(Collectors.joining("  "));
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  /// Adds a text broken at blanks, its later lines as far in as the first.
  static void wrap(List<String> lines, String lead, String text) {
    String indent = " ".repeat(lead.length());
    StringBuilder line = new StringBuilder(lead);
    boolean fresh = true;
    for (String word : text.split(" ", -1)) {
      if (!fresh && line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString().stripTrailing().replace('\u00a0', ' '));
        line = new StringBuilder(indent);
        fresh = true;
      }
      if (fresh && word.isEmpty()) {
        continue;
      }
      line.append(fresh ? "" : " ").append(word);
      fresh = false;
    }
    lines.add(line.toString().stripTrailing().replace('\u00a0', ' '));
  }
}
