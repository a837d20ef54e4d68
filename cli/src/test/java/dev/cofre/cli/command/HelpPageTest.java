package dev.cofre.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.terminal.Language;
import dev.cofre.cli.terminal.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class HelpPageTest {
  static Stream<CommandSpec> commands() {
    List<CommandSpec> all = new ArrayList<>();
    collect(Verbs.parser(new Common(), Optional.empty()), all);
    return all.stream();
  }

  private static void collect(CommandLine line, List<CommandSpec> all) {
    all.add(line.getCommandSpec());
    line.getSubcommands().values().forEach(below -> collect(below, all));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void fitsAScreenAndEndsWithItsExitCodes(CommandSpec spec) {
    for (Language language : Language.values()) {
      Texts texts = Texts.in(language);
      List<String> lines = new HelpPage(texts, spec).lines();
      assertTrue(lines.size() <= 24, spec.qualifiedName() + " has " + lines.size() + " lines");
      lines.forEach(line -> assertTrue(line.length() <= 80, line));
      int exits = lines.indexOf(texts.say("help.exits"));
      assertTrue(exits > 0 && exits >= lines.size() - 5, "exit codes come last");
      assertTrue(lines.get(exits + 1).startsWith("  0 "), "the codes follow");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void hasAManualPageInBothLanguages(CommandSpec spec) {
    for (Language language : Language.values()) {
      String page = Man.page(Texts.in(language), spec);
      assertTrue(page.startsWith(".TH COFRE"));
      assertTrue(page.contains(".SH " + Texts.in(language).say("man.exits")));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void takesTheOptionsThatEveryCommandTakes(CommandSpec spec) {
    for (String name :
        List.of("--json", "--quiet", "--yes", "--lang", "--passphrase-file", "--help")) {
      assertTrue(spec.optionsMap().containsKey(name), spec.qualifiedName() + " " + name);
    }
    assertEquals("cofre", spec.qualifiedName().split(" ")[0]);
  }
}
