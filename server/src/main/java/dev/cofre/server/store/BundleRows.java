package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;

/// Wraps.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface BundleRows extends GenericRepository<BundleRow, Bytes> {
  /// Adds bundles.
  @Query(
      "INSERT INTO bundle (team, vault, recipient, number, channel, from_seq, to_seq, "
          + "wraps, size, body) VALUES (:team, :vault, :recipient, :number, :channel, "
          + ":fromSeq, :toSeq, :wraps, :size, :body)")
  void insertAll(List<BundleRow> rows);

  /// Which bundles of a recipient have wraps around commits of a range, the newest last.
  @Query(
      "SELECT number, from_seq, to_seq, size FROM bundle WHERE team = :team AND vault "
          + "= :vault AND recipient = :recipient AND to_seq >= :from AND from_seq <= :to "
          + "ORDER BY number")
  List<ExtentRow> extents(
      @Binary Bytes team, @Binary Bytes vault, @Binary Bytes recipient, long from, long to);

  /// Bundles of a recipient by their numbers, the newest last.
  @Query(
      "SELECT * FROM bundle WHERE team = :team AND vault = :vault AND recipient = "
          + ":recipient AND number IN (:numbers) ORDER BY number")
  List<BundleRow> find(
      @Binary Bytes team, @Binary Bytes vault, @Binary Bytes recipient, Collection<Long> numbers);

  /// How many wraps each recipient has.
  @Query(
      "SELECT recipient, sum(wraps) AS total FROM bundle WHERE team = :team AND vault "
          + "= :vault GROUP BY recipient")
  List<TotalRow> totals(@Binary Bytes team, @Binary Bytes vault);

  /// Removes a member's bundles in one vault.
  @Query("DELETE FROM bundle WHERE team = :team AND vault = :vault AND recipient = " + ":recipient")
  void deleteFor(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes recipient);

  /// Removes a member's bundles in all vaults of the team.
  @Query("DELETE FROM bundle WHERE team = :team AND recipient = :recipient")
  void deleteForAll(@Binary Bytes team, @Binary Bytes recipient);
}
