package dev.cofre.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How the tests of the last run ended, read from their reports.
final class Ran {
  private static final List<String> MODULES = List.of("protocol", "client-lib", "server", "cli");
  private static final Pattern CASE =
      Pattern.compile("<testcase name=\"(\\w+)[^\"]*\" classname=\"([\\w.$]+)\"[^>]*?(/)?>");
  private static final Pattern BAD = Pattern.compile("<(failure|error|skipped)\\b");

  private final Map<String, End> ends = new HashMap<>();

  /// How a test ended; of several cases the worst, and worse is later here.
  enum End {
    NEVER_RAN,
    PASSED,
    SKIPPED,
    FAILED
  }

  /// Reads the reports under the project's directory.
  static Ran of(Path project) throws IOException {
    Ran ran = new Ran();
    for (String module : MODULES) {
      Path target = project.resolve(module).resolve("target");
      if (Files.isDirectory(target)) {
        try (Stream<Path> files = Files.walk(target, 2)) {
          for (Path report :
              files.filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml")).toList()) {
            ran.add(Files.readString(report));
          }
        }
      }
    }
    return ran;
  }

  /// How `Class.method` ended.
  End end(String test) {
    return ends.getOrDefault(test, End.NEVER_RAN);
  }

  void add(String report) {
    Matcher found = CASE.matcher(report);
    while (found.find()) {
      int end = report.indexOf("</testcase>", found.end());
      boolean empty = found.group(3) != null;
      String inside = empty || end < 0 ? "" : report.substring(found.end(), end);
      Matcher bad = BAD.matcher(inside);
      End how = End.PASSED;
      if (bad.find()) {
        how = "skipped".equals(bad.group(1)) ? End.SKIPPED : End.FAILED;
      }
      String type = found.group(2).replaceFirst(".*\\.", "").replaceFirst("\\$.*", "");
      ends.merge(type + "." + found.group(1), how, Ran::worse);
    }
  }

  private static End worse(End one, End other) {
    return Stream.of(one, other).max(Comparator.naturalOrder()).orElseThrow();
  }
}
