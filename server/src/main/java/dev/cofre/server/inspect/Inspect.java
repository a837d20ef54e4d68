package dev.cofre.server.inspect;

import dev.cofre.server.postgres.EmbeddedPostgres;
import dev.cofre.server.postgres.PostgresAddress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Prints everything in the embedded database of a data directory, running or not: table after table, a row a line, bytes in
/// hexadecimal. `--brief` shows the first rows and the first bytes of each value.
public final class Inspect {
  private static final int BRIEF_ROWS = 2;
  private static final int BRIEF_CHARACTERS = 12;

  private final PrintStream out;
  private final boolean brief;

  private Inspect(PrintStream out, boolean brief) {
    this.out = out;
    this.brief = brief;
  }

  /// `--data DIR [--brief]`; exits 2 when told anything else.
  public static void main(String[] args) throws IOException, SQLException {
    List<String> words = List.of(args);
    boolean brief = words.contains("--brief");
    int at = words.indexOf("--data");
    if (at < 0 || at + 1 >= words.size() || words.size() != (brief ? 3 : 2)) {
      System.err.println("usage: --data DIR [--brief]");
      System.exit(2);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    new Inspect(out, brief).print(Path.of(words.get(at + 1)));
  }

  /// Prints all of it.
  public static void printAll(Path data, PrintStream out) throws IOException, SQLException {
    new Inspect(out, false).print(data);
  }

  private void print(Path data) throws IOException, SQLException {
    Path directory = data.resolve("postgres");
    Optional<PostgresAddress> running = PostgresAddress.running(directory);
    if (running.isPresent()) {
      print(running.get());
    } else {
      try (EmbeddedPostgres own = EmbeddedPostgres.start(directory)) {
        print(own.address());
      }
    }
  }

  private void print(PostgresAddress address) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        Statement statement = connection.createStatement()) {
      for (String table : tables(statement)) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
          print(table, rows);
        }
      }
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT table_name FROM information_schema.tables"
                + " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private void print(String table, ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = 0;
    if (!brief) {
      out.println(table);
    }
    while (rows.next()) {
      count++;
      if (brief && count == 1) {
        out.println(table);
      }
      if (brief && count > BRIEF_ROWS) {
        continue;
      }
      StringBuilder line = new StringBuilder("  ");
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        line.append(columns.getColumnName(i))
            .append('=')
            .append(text(rows.getObject(i)))
            .append(' ');
      }
      out.println(line.toString().stripTrailing());
    }
    if (brief && count > BRIEF_ROWS) {
      out.println("  … " + count + " rows");
    }
  }

  private String text(Object value) {
    String text = value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : "" + value;
    return brief && text.length() > BRIEF_CHARACTERS
        ? text.substring(0, BRIEF_CHARACTERS) + "…"
        : text;
  }
}
