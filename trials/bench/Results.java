package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The last row of each kind that was measured from this checkout, as lines of JSON.
final class Results {
  private static final Path FILE = Path.of("target", "speed", "rows.json");

  private final Map<String, String> lines = new LinkedHashMap<>();

  Results() throws IOException {
    if (Files.exists(FILE)) {
      for (String line : Files.readAllLines(FILE)) {
        lines.put(key(line), line);
      }
    }
  }

  /// Prints rows.
  void show(List<Row> rows) {
    rows.forEach(row -> System.out.println(row.json()));
  }

  /// Prints rows and keeps them.
  void add(List<Row> rows) throws IOException {
    String now = ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).toString();
    for (Row row : rows) {
      String line = row.with("at", now).json();
      System.out.println(line);
      lines.put(key(line), line);
    }
    Files.createDirectories(FILE.getParent());
    Files.write(FILE, lines.values());
  }

  List<String> lines() {
    return List.copyOf(lines.values());
  }

  private static String key(String line) {
    return field(line, "row") + "|" + field(line, "work") + "|" + field(line, "peerName");
  }

  /// A field of a line as [Row] writes it, or nothing.
  static String field(String line, String name) {
    Matcher matcher =
        Pattern.compile("\"" + name + "\":(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,}]*))").matcher(line);
    if (!matcher.find()) {
      return "";
    }
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
  }
}
