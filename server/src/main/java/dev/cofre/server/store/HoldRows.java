package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;

/// Whose writes wait.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface HoldRows extends GenericRepository<HoldRow, Bytes> {
  /// Holds a subject's writes, unless they are held already.
  @Query(
      "INSERT INTO write_hold (team, subject, until) VALUES (:team, :subject, :until) "
          + "ON CONFLICT (team, subject) DO UPDATE SET until = excluded.until WHERE "
          + "write_hold.until <= :now")
  void hold(@Binary Bytes team, @Binary Bytes subject, long until, long now);

  /// How many of the subjects are held.
  @Query(
      "SELECT count(*) FROM write_hold WHERE team = :team AND subject IN (:subjects) "
          + "AND until > :now")
  long count(@Binary Bytes team, @Expandable Collection<byte[]> subjects, long now);

  /// Removes what is over.
  @Query("DELETE FROM write_hold WHERE until <= :now")
  void deleteExpired(long now);
}
