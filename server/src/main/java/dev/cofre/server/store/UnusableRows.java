package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;

/// Of which commits a recipient says that its wraps open nothing.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface UnusableRows extends GenericRepository<MarkRow, Bytes> {
  /// Marks what a recipient has of some commits of a vault, those that have puts and wraps for it.
  @Query(
      "INSERT INTO unusable_wraps (team, vault, recipient, seq, number) SELECT b.team, b.vault, "
          + "b.recipient, b.seq, max(b.number) FROM bundle b WHERE b.team = :team AND b.vault = "
          + ":vault AND b.recipient = :recipient AND b.seq IN (:seqs) GROUP BY b.team, b.vault, "
          + "b.recipient, b.seq ON CONFLICT (team, vault, recipient, seq) DO UPDATE SET number = "
          + "excluded.number")
  void mark(
      @Binary Bytes team,
      @Binary Bytes vault,
      @Binary Bytes recipient,
      @Expandable Collection<Long> seqs);

  /// What each recipient of a vault has marked, as a number that grows with every mark.
  @Query(
      "SELECT recipient, sum(number) AS mark FROM unusable_wraps WHERE team = :team AND vault = "
          + ":vault GROUP BY recipient")
  List<MarkRow> marks(@Binary Bytes team, @Binary Bytes vault);

  /// Removes a member's marks in some vaults.
  @Query(
      "DELETE FROM unusable_wraps WHERE team = :team AND vault IN (:vaults) AND recipient = "
          + ":recipient")
  void deleteFor(
      @Binary Bytes team, @Expandable Collection<byte[]> vaults, @Binary Bytes recipient);
}
