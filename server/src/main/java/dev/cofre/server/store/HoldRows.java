package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/// Whose writes wait.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface HoldRows extends GenericRepository<HoldRow, Bytes> {
  /// Holds a subject's writes in a vault, unless they are held already.
  @Query(
      "INSERT INTO write_hold (team, vault, subject, until) VALUES (:team, :vault, :subject, "
          + ":until) ON CONFLICT (team, vault, subject) DO UPDATE SET until = excluded.until "
          + "WHERE write_hold.until <= :now")
  void hold(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes subject, long until, long now);

  /// Removes what is over.
  @Query("DELETE FROM write_hold WHERE until <= :now")
  void deleteExpired(long now);
}
