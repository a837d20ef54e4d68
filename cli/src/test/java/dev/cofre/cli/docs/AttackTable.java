package dev.cofre.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The catalogue of attacks in `docs/threat-model.md`: a row `| id | attack | what shows that it fails |` each. The last column names tests
/// (`Class.method`) and trials (`trials/name`), or begins with `Not applicable:` or `Open:` and a sentence.
record AttackTable(List<Row> rows) {
  private static final String WHERE = "docs/threat-model.md";
  private static final Pattern ROW =
      Pattern.compile("\\| ([A-Z]\\d\\d) \\| ([^|]+) \\| ([^|]+) \\|");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  /// How many entries each section of the catalogue has.
  private static final List<String> SECTIONS =
      List.of(
          "A14", "B20", "C19", "D12", "E12", "F06", "G11", "H12", "I08", "J12", "K10", "L16", "M09",
          "N30", "O08");

  AttackTable {
    rows = List.copyOf(rows);
  }

  /// Whether an attack fails.
  enum Outcome {
    HELD("held"),
    NOT_APPLICABLE("not-applicable"),
    OPEN("open");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /// One attack.
  record Row(String id, String attack, String shown) {
    Outcome outcome() {
      if (shown.startsWith("Not applicable: ")) {
        return Outcome.NOT_APPLICABLE;
      }
      return shown.startsWith("`") ? Outcome.HELD : Outcome.OPEN;
    }

    /// What the row names: `Class.method` or a file of the project.
    Set<String> named() {
      Set<String> found = new TreeSet<>();
      Matcher quoted = QUOTED.matcher(shown);
      while (outcome() == Outcome.HELD && quoted.find()) {
        found.add(quoted.group(1));
      }
      return found;
    }

    /// Only the tests among them.
    Set<String> tests() {
      Set<String> tests = named();
      tests.removeIf(name -> name.contains("/"));
      return tests;
    }
  }

  /// Reads the table of the project in a directory.
  static AttackTable of(Path project) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(project.resolve(WHERE))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(new Row(row.group(1), row.group(2).strip(), row.group(3).strip()));
      }
    }
    return new AttackTable(rows);
  }

  /// Every id of the catalogue, in order.
  static List<String> ids() {
    return SECTIONS.stream()
        .flatMap(last ->
            IntStream.rangeClosed(1, Integer.parseInt(last.substring(1)))
                .mapToObj(i -> last.charAt(0) + (i < 10 ? "0" : "") + i))
        .toList();
  }
}
