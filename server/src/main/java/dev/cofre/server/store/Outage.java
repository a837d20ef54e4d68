package dev.cofre.server.store;

import io.micronaut.data.connection.exceptions.ConnectionException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/// Tells a database that does not answer from a statement that is wrong.
public final class Outage {
  private Outage() {}

  /// Whether this means that the database has no room for more; it undid what it was doing.
  public static boolean isFull(Throwable cause) {
    return cause instanceof SQLException sql && "53100".equals(sql.getSQLState());
  }

  /// Whether this means that the database does not answer: SQLSTATE classes 08 (connection), 53 (resources) and 57
  /// (shutdown), or no connection in time.
  public static boolean is(Throwable cause) {
    return switch (cause) {
      case ConnectionException _ -> true;
      case SQLTransientConnectionException _ -> true;
      case SQLException sql -> {
        String state = String.valueOf(sql.getSQLState());
        yield state.startsWith("08") || state.startsWith("53") || state.startsWith("57");
      }
      default -> false;
    };
  }
}
