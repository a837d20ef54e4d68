package dev.cofre.server.store;

/// How a row is locked so that it cannot change, while rows that refer to it can still come.
final class Lock {
  /// Ends the query.
  static final String ROWS = " FOR NO KEY UPDATE";

  /// A condition that holds. Micronaut takes a query with the word UPDATE for one that changes rows unless it finds these two words in it.
  static final String READS = " AND 'for update' <> ''";

  private Lock() {}
}
