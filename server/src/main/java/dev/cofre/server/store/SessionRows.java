package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.Optional;

/// Who is logged in.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface SessionRows extends GenericRepository<SessionRow, Bytes> {
  /// Adds a session.
  @Query(
      "INSERT INTO session (team, token, subject, expires) VALUES (:team, :token, "
          + ":subject, :expires)")
  void insert(SessionRow row);

  /// A session of this team with this token hash that has not expired.
  @Query("SELECT * FROM session WHERE team = :team AND token = :token AND expires > :now")
  Optional<SessionRow> find(@Binary Bytes team, @Binary Bytes token, long now);

  /// How many live sessions of any team have this token hash.
  @Query("SELECT count(*) FROM session WHERE token = :token AND expires > :now")
  long countAnywhere(@Binary Bytes token, long now);

  /// Ends one session.
  @Query("DELETE FROM session WHERE team = :team AND token = :token")
  void delete(@Binary Bytes team, @Binary Bytes token);

  /// Ends the sessions of subjects.
  @Query("DELETE FROM session WHERE team = :team AND subject IN (:subjects)")
  void deleteFor(@Binary Bytes team, @Expandable Collection<byte[]> subjects);

  /// Ends all sessions of a subject but the newest.
  @Query(
      "DELETE FROM session WHERE team = :team AND subject = :subject AND token NOT IN (SELECT "
          + "token FROM session WHERE team = :team AND subject = :subject ORDER BY expires DESC "
          + "LIMIT :most)")
  void deleteAllBut(@Binary Bytes team, @Binary Bytes subject, int most);

  /// Removes what has expired.
  @Query("DELETE FROM session WHERE expires <= :now")
  void deleteExpired(long now);
}
