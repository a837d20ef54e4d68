package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/// Openings of sends.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface OpeningRows extends GenericRepository<OpeningRow, Bytes> {
  /// Adds an opening.
  @Query(
      "INSERT INTO send_opening (team, vault, send, token, opened, until, network) VALUES (:team, "
          + ":vault, :send, :token, :opened, :until, :network)")
  void insert(OpeningRow row);

  /// An opening of a send by the hash of its token.
  @Query(
      "SELECT * FROM send_opening WHERE team = :team AND vault = :vault AND send = :send AND token = "
          + ":token")
  Optional<OpeningRow> find(
      @Binary Bytes team, @Binary Bytes vault, @Binary Bytes send, @Binary Bytes token);

  /// The same, of whatever team the send is.
  @Query(
      "SELECT o.* FROM send_opening o JOIN send s ON s.team = o.team AND s.vault = o.vault AND s.send "
          + "= o.send WHERE s.send = :send AND o.token = :token")
  Optional<OpeningRow> byToken(@Binary Bytes send, @Binary Bytes token);

  /// The newest openings of a send, newest first.
  @Query(
      "SELECT * FROM send_opening WHERE team = :team AND vault = :vault AND send = :send ORDER BY "
          + "opened DESC LIMIT :limit")
  List<OpeningRow> newest(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes send, int limit);
}
