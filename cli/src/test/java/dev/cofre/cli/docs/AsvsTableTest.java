package dev.cofre.cli.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cofre.cli.docs.AsvsTable.Outcome;
import dev.cofre.cli.docs.AsvsTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table of the ASVS is complete, names tests and files that exist, and `docs/asvs.md` tells of it truly.
final class AsvsTableTest {
  private static final Path PROJECT = Path.of("..");
  private static final Path CHECKLIST =
      Path.of(System.getProperty("cofre.shared", "")).resolve("checklists/asvs-5.0.0.json");
  private static final Pattern REQUIREMENT =
      Pattern.compile("\"req_id\": *\"(V[\\d.]+)\"(?:(?!\"req_id\")[\\s\\S])*?\"L\": *\"(\\d)\"");
  private static final Pattern FILE = Pattern.compile("\\b(?:docs|docker)/[\\w./-]*\\w");
  private static final Pattern ID = Pattern.compile("\\bV\\d+\\.\\d+\\.\\d+\\b");

  private static List<Row> rows() throws IOException {
    return AsvsTable.of(PROJECT).rows();
  }

  @Test
  void hasEachIdOnceAndInOrder() throws IOException {
    List<Integer> places = rows().stream().map(Row::place).toList();
    assertEquals(places.stream().distinct().sorted().toList(), places);
  }

  @Test
  void givesTestsOrASentence() throws IOException {
    for (Row row : rows()) {
      String shown = row.shown();
      boolean form =
          switch (row.outcome()) {
            case TEST -> row.named().equals(new TreeSet<>(List.of(shown.split(" "))));
            case REASON -> shown.matches("\\S.{10,}\\.") && !shown.contains("Closed by: ");
            case GAP -> shown.matches("\\S.{20,}\\. Closed by: .{10,}\\.");
          };
      assertTrue(form, () -> row.id() + ": " + shown);
    }
  }

  @Test
  void namesTestsThatExist() throws IOException {
    Set<String> tests = TaggedTests.of(PROJECT).all();
    for (Row row : rows()) {
      Set<String> missing = new TreeSet<>(row.named());
      missing.removeAll(tests);
      assertEquals(Set.of(), missing, row.id());
    }
  }

  /// Of a decision the number is enough.
  @Test
  void namesFilesThatExist() throws IOException {
    for (Row row : rows()) {
      Matcher file = FILE.matcher(row.shown());
      while (file.find()) {
        Path path = PROJECT.resolve(file.group());
        String name = String.valueOf(path.getFileName());
        boolean exists = Files.exists(path);
        if (!exists && name.matches("\\d{4}")) {
          try (Stream<Path> files = Files.list(path.resolveSibling(""))) {
            exists = files.anyMatch(f -> f.getFileName().toString().startsWith(name + "-"));
          }
        }
        assertTrue(exists, row.id() + " names " + file.group());
      }
    }
  }

  @Test
  void countsItsRowsAndNamesItsGaps() throws IOException {
    AsvsTable table = AsvsTable.of(PROJECT);
    String page = Files.readString(PROJECT.resolve("docs/asvs.md"));
    for (int level = 1; level <= 2; level++) {
      long test = table.count(level, Outcome.TEST);
      long reason = table.count(level, Outcome.REASON);
      long gap = table.count(level, Outcome.GAP);
      String line =
          "| %d | %d | %d | %d | %d |".formatted(level, test, reason, gap, test + reason + gap);
      assertTrue(page.contains(line + "\n"), () -> "docs/asvs.md is to say " + line);
    }
    List<String> gaps =
        rows().stream().filter(r -> r.outcome() == Outcome.GAP).map(Row::id).sorted().toList();
    assertEquals(gaps, ID.matcher(page).results().map(found -> found.group()).sorted().toList());
  }

  @Test
  void hasARowForEachRequirementOfBothLevels() throws IOException {
    assumeTrue(Files.isRegularFile(CHECKLIST), "the list of requirements is not here");
    List<String> wanted = new ArrayList<>();
    Matcher requirement = REQUIREMENT.matcher(Files.readString(CHECKLIST));
    while (requirement.find()) {
      if (requirement.group(2).compareTo("3") < 0) {
        wanted.add(requirement.group(1) + " " + requirement.group(2));
      }
    }
    assertEquals(253, wanted.size());
    assertEquals(wanted, rows().stream().map(r -> r.id() + " " + r.level()).toList());
  }
}
