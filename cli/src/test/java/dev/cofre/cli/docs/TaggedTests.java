package dev.cofre.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which tests carry which tags, read from the sources of all modules. A tag upon a class is each of its tests'.
final class TaggedTests {
  private static final List<String> MODULES = List.of("protocol", "client-lib", "server", "cli");
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"([^\"]+)\"\\)");
  private static final Pattern CLASS = Pattern.compile("(?:class|interface) (\\w+)[^;]*$");
  private static final Pattern TEST =
      Pattern.compile(
          "@(?:Test|ParameterizedTest|RepeatedTest|Property|FuzzTest|TestFactory)\\b.*");
  private static final Pattern METHOD =
      Pattern.compile("  (?:\\w+ )*(?:void|[\\w<>\\[\\]?, ]+) (\\w+)\\(.*");

  private final Map<String, Set<String>> byTag = new TreeMap<>();
  private final Set<String> all = new TreeSet<>();

  /// Reads the sources under the project's directory.
  static TaggedTests of(Path project) throws IOException {
    TaggedTests tests = new TaggedTests();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(project.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          tests.add(Files.readAllLines(file));
        }
      }
    }
    return tests;
  }

  /// `Class.method` of the tests that carry a tag, sorted.
  Set<String> of(String tag) {
    return byTag.getOrDefault(tag, Set.of());
  }

  /// Every tag there is.
  Set<String> tags() {
    return byTag.keySet();
  }

  /// `Class.method` of every test, with tags or without.
  Set<String> all() {
    return all;
  }

  void add(List<String> lines) {
    String type = "";
    Set<String> ofType = Set.of();
    Set<String> pending = new TreeSet<>();
    boolean test = false;
    for (String line : lines) {
      Matcher tag = TAG.matcher(line);
      while (tag.find()) {
        pending.add(tag.group(1));
      }
      test |= TEST.matcher(line.strip()).matches();
      Matcher begun = CLASS.matcher(line);
      Matcher method = METHOD.matcher(line);
      if (type.isEmpty() && !line.startsWith("//") && begun.find()) {
        type = begun.group(1);
        ofType = Set.copyOf(pending);
        pending.clear();
      } else if (test && method.matches()) {
        all.add(type + "." + method.group(1));
        pending.addAll(ofType);
        for (String name : pending) {
          byTag.computeIfAbsent(name, _ -> new TreeSet<>()).add(type + "." + method.group(1));
        }
        pending.clear();
        test = false;
      }
    }
  }
}
