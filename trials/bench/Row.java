package bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One line of the result. `ratio` says how many times better ours is than the peer, or than the limit where nobody is compared: with seconds
/// and bytes the peer's divided by ours, with rates ours by the peer's. `goal` is the ratio wanted.
record Row(Map<String, Object> fields) {
  /// The name of a limit that takes a peer's place.
  static final String LIMIT = "limit";

  /// What is counted.
  enum Unit {
    SECONDS("s"),
    BYTES("bytes"),
    MIB("MiB"),
    FILES("files/s"),
    COMMITS("commits/s");

    private final String text;

    Unit(String text) {
      this.text = text;
    }

    boolean more() {
      return this == FILES || this == COMMITS;
    }
  }

  /// Ours beside a peer's, medians.
  static Row compared(
      String name, String work, double ours, String peerName, double peer, double goal) {
    return of(name, work, Unit.SECONDS, ours, peerName, peer, goal);
  }

  static Row compared(
      String name, String work, Unit unit, double ours, String peerName, double peer, double goal) {
    return of(name, work, unit, ours, peerName, peer, goal);
  }

  /// Ours beside a limit.
  static Row limited(String name, String work, Unit unit, double ours, double limit) {
    return of(name, work, unit, ours, LIMIT, limit, 1);
  }

  /// A figure of a curve, without any goal.
  static Row measured(String name, String work, Unit unit, double ours) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("row", name);
    fields.put("work", work);
    fields.put("unit", unit.text);
    fields.put("ours", ours);
    return new Row(fields);
  }

  private static Row of(
      String name, String work, Unit unit, double ours, String peerName, double peer, double goal) {
    Row row = measured(name, work, unit, ours);
    double ratio = unit.more() ? ours / peer : peer / ours;
    row.fields.put("peer", peer);
    row.fields.put("peerName", peerName);
    row.fields.put("ratio", ratio);
    row.fields.put("goal", goal);
    row.fields.put("met", ratio >= goal);
    return row;
  }

  /// A row that could not be measured here.
  static Row skipped(String name, String work, String peerName, String reason) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("row", name);
    fields.put("work", work);
    fields.put("peerName", peerName);
    fields.put("skipped", reason);
    return new Row(fields);
  }

  /// The same row with one more field.
  Row with(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /// What tells this row from others.
  String key() {
    return fields.get("row") + "|" + fields.get("work") + "|" + fields.get("peerName");
  }

  static double median(List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /// One JSON object.
  String json() {
    StringBuilder out = new StringBuilder("{");
    fields.forEach((name, value) -> {
      out.append(out.length() > 1 ? "," : "").append('"').append(name).append("\":");
      switch (value) {
        case Double number -> out.append(text(number));
        case Number number -> out.append(number);
        case Boolean flag -> out.append(flag);
        default ->
            out.append('"')
                .append(value.toString().replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"');
      }
    });
    return out.append('}').toString();
  }

  private static String text(double number) {
    return Math.abs(number) >= 1000
        ? String.format(Locale.ROOT, "%.0f", number)
        : String.format(Locale.ROOT, "%.3f", number);
  }
}
