package dev.cofre.server.store;

import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.function.Supplier;

/// Runs work in one transaction of the database: all of it or nothing. Every statement sees what was committed before it
/// began (READ COMMITTED).
@Singleton
public class Transactions {
  private final TransactionOperations<Connection> operations;

  Transactions(TransactionOperations<Connection> operations) {
    this.operations = operations;
  }

  /// Commits when the work returns, and undoes it when it throws. Work that the database undid only because of what others did
  /// at the same time is done once more.
  public <T> T write(Supplier<T> work) {
    if (operations.findTransactionStatus().isPresent()) {
      return operations.executeWrite(_ -> work.get());
    }
    try {
      return operations.executeWrite(_ -> work.get());
    } catch (RuntimeException undone) {
      if (!Outage.isCollision(undone)) {
        throw undone;
      }
      return operations.executeWrite(_ -> work.get());
    }
  }
}
