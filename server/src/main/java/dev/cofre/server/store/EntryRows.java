package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/// The entries of team logs.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface EntryRows extends GenericRepository<EntryRow, Bytes> {
  /// Entries above a place, in order.
  @Query("SELECT * FROM entry WHERE team = :team AND seq > :after ORDER BY seq LIMIT " + ":limit")
  List<EntryRow> after(@Binary Bytes team, long after, int limit);

  /// The bytes of each of those entries, in order.
  @Query(
      "SELECT seq, length(payload) AS size FROM entry WHERE team = :team AND seq > "
          + ":after ORDER BY seq LIMIT :limit")
  List<SizeRow> sizes(@Binary Bytes team, long after, int limit);

  /// The entry at a place.
  @Query("SELECT * FROM entry WHERE team = :team AND seq = :seq")
  Optional<EntryRow> at(@Binary Bytes team, long seq);

  /// Adds an entry.
  @Query(
      "INSERT INTO entry (team, seq, hash, payload, signature, received) VALUES "
          + "(:team, :seq, :hash, :payload, :signature, :received)")
  void insert(EntryRow row);
}
