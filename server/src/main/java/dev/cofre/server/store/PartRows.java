package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/// Parts of unfinished uploads.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface PartRows extends GenericRepository<PartRow, Bytes> {
  /// Parts of an object, in order.
  @Query(
      "SELECT * FROM part WHERE team = :team AND vault = :vault AND object = :object "
          + "ORDER BY number")
  List<PartRow> all(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes object);

  /// Adds a part, or replaces it.
  @Query(
      "INSERT INTO part (team, vault, object, number, length, tag) VALUES (:team, "
          + ":vault, :object, :number, :length, :tag) ON CONFLICT (team, vault, object, "
          + "number) DO UPDATE SET length = excluded.length, tag = excluded.tag")
  void set(PartRow row);

  /// Removes all parts of an object.
  @Query("DELETE FROM part WHERE team = :team AND vault = :vault AND object = :object")
  void deleteAll(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes object);
}
