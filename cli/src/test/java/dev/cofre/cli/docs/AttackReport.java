package dev.cofre.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What became of each attack in the last run of the tests, as JSON lines: one for each id, then the totals. Run by `trials/attacks` in the
/// project's directory. An attack is held only when every test that its row names passed; a test that was skipped, or did not run, leaves it open.
final class AttackReport {
  private static final Pattern COUNT = Pattern.compile("\"(\\w+)\":(\\d+)");

  private final Ran ran;
  private final Map<AttackTable.Outcome, Integer> outcomes =
      new EnumMap<>(AttackTable.Outcome.class);
  private final List<String> lines = new ArrayList<>();

  private AttackReport(Ran ran) {
    this.ran = ran;
  }

  /// Prints the report; ends with 1 when an attack is open.
  public static void main(String[] arguments) throws IOException {
    Path project = Path.of("");
    AttackReport report = new AttackReport(Ran.of(project));
    AttackTable.of(project).rows().forEach(report::add);
    report.total(counts(project));
    report.lines.forEach(System.out::println);
    if (report.outcomes.containsKey(AttackTable.Outcome.OPEN)) {
      System.exit(1);
    }
  }

  private void add(AttackTable.Row row) {
    List<String> missing = new ArrayList<>();
    for (String test : row.tests()) {
      if (ran.end(test) != Ran.End.PASSED) {
        missing.add(test + " (" + ran.end(test).name().toLowerCase(Locale.ROOT) + ")");
      }
    }
    missing.addAll(
        row.named().stream()
            .filter(name -> name.startsWith("trials/") && !hasPassed(name))
            .map(name -> name + " (never_ran)")
            .toList());
    boolean held = row.outcome() == AttackTable.Outcome.HELD;
    AttackTable.Outcome outcome =
        held && !missing.isEmpty() ? AttackTable.Outcome.OPEN : row.outcome();
    outcomes.merge(outcome, 1, Integer::sum);
    String why =
        held
            ? String.join(", ", missing.isEmpty() ? row.named() : missing)
            : row.shown().replaceFirst("^\\w+( \\w+)?: ", "");
    lines.add(
        "{\"id\":\"%s\",\"outcome\":\"%s\",\"%s\":\"%s\"}"
            .formatted(
                row.id(),
                outcome.word(),
                held ? "test" : "reason",
                why.replace("\\", "\\\\").replace("\"", "\\\"")));
  }

  /// Whether `trials/attacks` has seen a trial end well.
  private static boolean hasPassed(String trial) {
    return Files.exists(Path.of("target", "attacks", trial.replace("trials/", "") + ".passed"));
  }

  private void total(Map<String, Long> counts) {
    Map<String, Long> all = new TreeMap<>(counts);
    for (AttackTable.Outcome outcome : AttackTable.Outcome.values()) {
      all.put(outcome.word(), (long) outcomes.getOrDefault(outcome, 0));
    }
    List<String> fields = new ArrayList<>();
    all.forEach((name, count) -> fields.add("\"" + name + "\":" + count));
    lines.add("{\"totals\":{" + String.join(",", fields) + "}}");
  }

  /// What tests and trials counted in files `target/attacks/*.json`: sums of `routes`, `mutations`, `executions`, `findings`, `vectors`.
  private static Map<String, Long> counts(Path project) throws IOException {
    Map<String, Long> sums = new TreeMap<>();
    for (String name : List.of("routes", "mutations", "executions", "findings", "vectors")) {
      sums.put(name, 0L);
    }
    try (Stream<Path> files = Files.find(project, 4, (file, _) -> isCount(file))) {
      for (Path file : files.toList()) {
        Matcher count = COUNT.matcher(Files.readString(file));
        while (count.find()) {
          sums.computeIfPresent(count.group(1), (_, sum) -> sum + Long.parseLong(count.group(2)));
        }
      }
    }
    return sums;
  }

  private static boolean isCount(Path file) {
    return file.getParent() != null
        && file.getParent().endsWith("target/attacks")
        && file.toString().endsWith(".json");
  }
}
