package dev.cofre.server.store;

import io.micronaut.data.connection.exceptions.ConnectionException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Tells a database that does not answer, and one that others keep busy, from a statement that is wrong.
public final class Outage {
  private static final Set<String> COLLISIONS = Set.of("40001", "40P01");
  private static final String LOCKED = "55P03";
  private static final int CAUSES = 8;

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

  /// Whether others held a row for too long, or did at the same time what this undid.
  public static boolean isBusy(Throwable cause) {
    return state(cause).filter(s -> s.equals(LOCKED) || COLLISIONS.contains(s)).isPresent();
  }

  /// Whether a transaction was undone only because of others at the same time: doing it again may succeed.
  static boolean isCollision(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(CAUSES)
        .anyMatch(cause -> state(cause).filter(COLLISIONS::contains).isPresent());
  }

  /// What the driver threw, among the causes of something; the innermost.
  public static Optional<Throwable> refused(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(CAUSES)
        .filter(SQLException.class::isInstance)
        .reduce((_, inner) -> inner);
  }

  /// The SQLSTATE of what the database refused: five characters that hold no data.
  public static Optional<String> state(Throwable cause) {
    return cause instanceof SQLException sql
        ? Optional.ofNullable(sql.getSQLState())
        : Optional.empty();
  }
}
