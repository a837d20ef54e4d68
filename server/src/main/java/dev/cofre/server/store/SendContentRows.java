package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/// Which contents sends hand out.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface SendContentRows extends GenericRepository<SendContentRow, Bytes> {
  /// Adds contents.
  @Query(
      "INSERT INTO send_content (team, vault, send, blob, revision) VALUES (:team, :vault, :send, "
          + ":blob, :revision) ON CONFLICT (team, vault, send, blob) DO NOTHING")
  void insertAll(List<SendContentRow> rows);

  /// A content of a send.
  @Query(
      "SELECT * FROM send_content WHERE team = :team AND vault = :vault AND send = :send AND blob = "
          + ":blob")
  Optional<SendContentRow> find(
      @Binary Bytes team, @Binary Bytes vault, @Binary Bytes send, @Binary Bytes blob);

  /// All contents of a send.
  @Query("SELECT * FROM send_content WHERE team = :team AND vault = :vault AND send = :send")
  List<SendContentRow> all(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes send);

  /// Takes all contents away from a send.
  @Query("DELETE FROM send_content WHERE team = :team AND vault = :vault AND send = :send")
  void deleteAll(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes send);
}
