package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;

/// Nonces that wait to be signed.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface ChallengeRows extends GenericRepository<ChallengeRow, Bytes> {
  /// Adds a nonce.
  @Query(
      "INSERT INTO challenge (team, nonce, subject, expires) VALUES (:team, :nonce, "
          + ":subject, :expires)")
  void insert(ChallengeRow row);

  /// Uses a nonce up, if it is there, for this subject and not expired; says how many it was.
  @Query(
      "DELETE FROM challenge WHERE team = :team AND nonce = :nonce AND subject = "
          + ":subject AND expires > :now")
  int use(@Binary Bytes team, @Binary Bytes nonce, @Binary Bytes subject, long now);

  /// Removes the nonces of subjects.
  @Query("DELETE FROM challenge WHERE team = :team AND subject IN (:subjects)")
  void deleteFor(@Binary Bytes team, @Expandable Collection<byte[]> subjects);

  /// Removes what has expired.
  @Query("DELETE FROM challenge WHERE expires <= :now")
  void deleteExpired(long now);
}
