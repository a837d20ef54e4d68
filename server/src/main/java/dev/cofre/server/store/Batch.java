package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Statements that are sent together when the first result is asked for. Parameters and results are those of one after the other.
final class Batch {
  private final Connection connection;
  private final PreparedStatement statement;
  private int parameters;
  private boolean sent;

  Batch(Connection connection, PreparedStatement statement) {
    this.connection = connection;
    this.statement = statement;
  }

  @FunctionalInterface
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  Batch bytes(Bytes value) throws SQLException {
    statement.setBytes(++parameters, value.toArray());
    return this;
  }

  Batch vault(Bytes team, Bytes vault) throws SQLException {
    return bytes(team).bytes(vault);
  }

  Batch number(long value) throws SQLException {
    statement.setLong(++parameters, value);
    return this;
  }

  Batch integer(int value) throws SQLException {
    statement.setInt(++parameters, value);
    return this;
  }

  Batch all(List<byte[]> values) throws SQLException {
    return array("bytea", values.toArray(byte[][]::new));
  }

  Batch array(String type, Object[] values) throws SQLException {
    statement.setArray(++parameters, connection.createArrayOf(type, values));
    return this;
  }

  /// The rows of the next result.
  <T> List<T> rows(Reading<T> reading) throws SQLException {
    boolean isResult = sent ? statement.getMoreResults() : statement.execute();
    sent = true;
    if (!isResult) {
      throw new SQLException("a statement without a result");
    }
    List<T> rows = new ArrayList<>();
    try (ResultSet result = statement.getResultSet()) {
      while (result.next()) {
        rows.add(reading.of(result));
      }
    }
    return rows;
  }

  <T> Optional<T> one(Reading<T> reading) throws SQLException {
    return rows(reading).stream().findFirst();
  }
}
