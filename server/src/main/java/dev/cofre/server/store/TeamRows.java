package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/// Teams.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface TeamRows extends GenericRepository<TeamRow, Bytes> {
  /// A team as it stands.
  @Query("SELECT * FROM team WHERE team = :team")
  Optional<TeamRow> find(@Binary Bytes team);

  /// A team, locked until the transaction ends: its log cannot grow meanwhile.
  @Query("SELECT * FROM team WHERE team = :team" + Lock.READS + Lock.ROWS)
  Optional<TeamRow> lock(@Binary Bytes team);

  /// Adds a team; says 0 when it is there already.
  @Query(
      "INSERT INTO team (team, seq, hash, created) VALUES (:team, :seq, :hash, "
          + ":created) ON CONFLICT (team) DO NOTHING")
  int insert(@Binary Bytes team, long seq, @Binary Bytes hash, long created);

  /// Moves a team's head.
  @Query("UPDATE team SET seq = :seq, hash = :hash WHERE team = :team")
  void advance(@Binary Bytes team, long seq, @Binary Bytes hash);
}
