package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/// Slots for one message.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface RelayRows extends GenericRepository<RelayRow, Bytes> {
  /// Adds a slot; says 0 when the id is taken.
  @Query(
      "INSERT INTO relay (team, relay, member, body, expires) VALUES (:team, :relay, "
          + ":member, :body, :expires) ON CONFLICT (team, relay) DO NOTHING")
  int insert(
      @Binary Bytes team,
      @Binary Bytes relay,
      @Binary Bytes member,
      @Binary Bytes body,
      long expires);

  /// A slot that has not expired.
  @Query("SELECT * FROM relay WHERE team = :team AND relay = :relay AND expires > :now")
  Optional<RelayRow> find(@Binary Bytes team, @Binary Bytes relay, long now);

  /// Fills an empty slot; says 0 when there is none.
  @Query(
      "UPDATE relay SET body = :body WHERE team = :team AND relay = :relay AND "
          + "expires > :now AND length(body) = 0")
  int fill(@Binary Bytes team, @Binary Bytes relay, @Binary Bytes body, long now);

  /// How many slots a member has.
  @Query(
      "SELECT count(*) FROM relay WHERE team = :team AND member = :member AND expires " + "> :now")
  long countOf(@Binary Bytes team, @Binary Bytes member, long now);

  /// Removes a member's slots.
  @Query("DELETE FROM relay WHERE team = :team AND member = :member")
  void deleteOf(@Binary Bytes team, @Binary Bytes member);

  /// Removes what has expired.
  @Query("DELETE FROM relay WHERE expires <= :now")
  void deleteExpired(long now);
}
