package dev.cofre.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What became of each requirement of the OWASP ASVS 5.0, levels 1 and 2, in `docs/asvs.csv`: a line `id,level,outcome,"shown"` each, below
/// a line with these names. `shown` names the tests (`Class.method`, a space between them) or is a sentence.
record AsvsTable(List<Row> rows) {
  private static final String WHERE = "docs/asvs.csv";
  private static final String HEAD = "id,level,outcome,shown";
  private static final Pattern LINE =
      Pattern.compile(
          "(V(\\d{1,2})\\.(\\d{1,2})\\.(\\d{1,2})),([12]),(test|reason|gap),\"([^\"]+)\"");
  private static final Pattern TEST = Pattern.compile("\\b[A-Z]\\w*(?:Test|Contract)\\.[a-z]\\w*");

  AsvsTable {
    rows = List.copyOf(rows);
  }

  /// Whether a requirement is met, and how that is known.
  enum Outcome {
    /// Tests would fail otherwise.
    TEST,
    /// It does not apply, or what there is cannot be otherwise.
    REASON,
    /// It is not met, or nothing shows that it is.
    GAP
  }

  /// One requirement.
  ///
  /// @param place the three numbers of the id as one that sorts
  record Row(String id, int place, int level, Outcome outcome, String shown) {
    /// Every test that the row names, also within a sentence.
    Set<String> named() {
      Set<String> found = new TreeSet<>();
      Matcher test = TEST.matcher(shown);
      while (test.find()) {
        found.add(test.group());
      }
      return found;
    }
  }

  /// Reads the table of the project in a directory.
  ///
  /// @throws IllegalArgumentException with the first line that is not of the form
  static AsvsTable of(Path project) throws IOException {
    List<String> lines = Files.readAllLines(project.resolve(WHERE));
    if (!lines.getFirst().equals(HEAD)) {
      throw new IllegalArgumentException("the first line is to be " + HEAD);
    }
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new IllegalArgumentException("not a row: " + line);
      }
      int place = 0;
      for (int part = 2; part <= 4; part++) {
        place = place * 100 + Integer.parseInt(parts.group(part));
      }
      rows.add(
          new Row(
              parts.group(1),
              place,
              Integer.parseInt(parts.group(5)),
              Outcome.valueOf(parts.group(6).toUpperCase(Locale.ROOT)),
              parts.group(7)));
    }
    return new AsvsTable(rows);
  }

  /// How many requirements of a level ended so.
  long count(int level, Outcome outcome) {
    return rows.stream().filter(r -> r.level() == level && r.outcome() == outcome).count();
  }
}
