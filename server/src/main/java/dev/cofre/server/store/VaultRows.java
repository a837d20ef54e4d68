package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Vaults.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface VaultRows extends GenericRepository<VaultRow, Bytes> {
  /// A vault as it stands.
  @Query("SELECT * FROM vault WHERE team = :team AND vault = :vault")
  Optional<VaultRow> find(@Binary Bytes team, @Binary Bytes vault);

  /// A vault, locked until the transaction ends: its history and bundles cannot grow meanwhile. Rows that refer to it can.
  @Query("SELECT * FROM vault WHERE team = :team AND vault = :vault" + Lock.READS + Lock.ROWS)
  Optional<VaultRow> lock(@Binary Bytes team, @Binary Bytes vault);

  /// Vaults, locked in the order of their ids.
  @Query(
      "SELECT * FROM vault WHERE team = :team AND vault IN (:vaults)"
          + Lock.READS
          + " ORDER BY vault"
          + Lock.ROWS)
  List<VaultRow> lockAll(@Binary Bytes team, @Expandable Collection<byte[]> vaults);

  /// Adds a vault.
  @Query(
      "INSERT INTO vault (team, vault, seq, hash, team_seq, bundles) VALUES (:team, "
          + ":vault, :seq, :hash, :teamSeq, :bundles)")
  void insert(VaultRow row);

  /// Counts bundles added.
  @Query("UPDATE vault SET bundles = :bundles WHERE team = :team AND vault = :vault")
  void count(@Binary Bytes team, @Binary Bytes vault, long bundles);
}
