package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/// Names and e-mail addresses.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface ProfileRows extends GenericRepository<ProfileRow, Bytes> {
  /// All of a team, at most 10 000.
  @Query("SELECT * FROM profile WHERE team = :team LIMIT 10000")
  List<ProfileRow> all(@Binary Bytes team);

  /// Adds profiles that are not there yet.
  @Query(
      "INSERT INTO profile (team, hash, salt, name, email) VALUES (:team, :hash, "
          + ":salt, :name, :email) ON CONFLICT (team, hash) DO NOTHING")
  void insertAll(List<ProfileRow> rows);
}
