package dev.cofre.server.store;

import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the database look at how much its tables hold whenever that has become twice as much. It looks by itself only every minute, and until
/// then takes a full vault for an empty one: to find a few of its rows it reads all of them.
@Singleton
public class Statistics {
  private static final long FIRST = 1_000;
  private static final long MOST = 1_000_000;
  private static final String LOOK =
      "ANALYZE stored_object, blob, revision, file_head, vault_commit, bundle, blob_fetch";
  private static final Logger LOG = LoggerFactory.getLogger(Statistics.class);

  private final TransactionOperations<Connection> operations;
  private long rows;
  private long due = FIRST;

  Statistics(TransactionOperations<Connection> operations) {
    this.operations = operations;
  }

  /// So many more rows are there for good. Comes back at once.
  public synchronized void grew(int more) {
    rows += more;
    if (rows >= due) {
      due = rows + Math.min(rows, MOST);
      Thread.ofVirtual().name("statistics").start(this::look);
    }
  }

  private void look() {
    try {
      operations.executeWrite(status -> {
        try (Statement statement = status.getConnection().createStatement()) {
          return statement.execute(LOOK);
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      });
    } catch (RuntimeException e) {
      LOG.warn("event=statistics-failed cause={}", e.getClass().getSimpleName());
    }
  }
}
