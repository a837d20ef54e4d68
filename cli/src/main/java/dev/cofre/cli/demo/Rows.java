package dev.cofre.cli.demo;

import dev.cofre.protocol.Bytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Everything that a server's database holds, by table.
final class Rows {
  private static final Pattern COLUMN = Pattern.compile("(\\w+)=(\\S*)");

  private final Map<String, List<Row>> tables = new LinkedHashMap<>();

  /// One row: its columns as text, bytes in hexadecimal.
  record Row(Map<String, String> columns) {
    Bytes bytes(String column) {
      return Bytes.of(HexFormat.of().parseHex(text(column)));
    }

    long number(String column) {
      return Long.parseLong(text(column));
    }

    String text(String column) {
      return Objects.requireNonNull(columns.get(column), column);
    }
  }

  /// Reads what [ServerProcess#rows] prints: a table's name, then its rows, further in.
  static Rows read(List<String> lines) {
    Rows rows = new Rows();
    List<Row> table = new ArrayList<>();
    for (String line : lines) {
      if (!line.startsWith(" ")) {
        table = new ArrayList<>();
        rows.tables.put(line, table);
        continue;
      }
      Map<String, String> columns = new LinkedHashMap<>();
      Matcher column = COLUMN.matcher(line);
      while (column.find()) {
        columns.put(column.group(1), column.group(2));
      }
      table.add(new Row(columns));
    }
    return rows;
  }

  /// The rows of a table.
  List<Row> of(String table) {
    return Objects.requireNonNull(tables.get(table), table);
  }
}
