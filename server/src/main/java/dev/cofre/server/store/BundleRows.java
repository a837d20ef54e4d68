package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Expandable;
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
      "INSERT INTO bundle (team, vault, recipient, seq, number, sender, channel, wraps, size, "
          + "body) VALUES (:team, :vault, :recipient, :seq, :number, :sender, :channel, :wraps, "
          + ":size, :body)")
  void insertAll(List<BundleRow> rows);

  /// How much a recipient has of each commit of a range, in order.
  @Query(
      "SELECT seq, sum(size) AS size, count(*) AS bundles, count(DISTINCT channel) AS channels "
          + "FROM bundle WHERE team = :team AND vault = :vault AND recipient = :recipient AND "
          + "seq BETWEEN :from AND :to GROUP BY seq ORDER BY seq")
  List<ExtentRow> extents(
      @Binary Bytes team, @Binary Bytes vault, @Binary Bytes recipient, long from, long to);

  /// How much a recipient has of each of some commits, in order.
  @Query(
      "SELECT seq, sum(size) AS size, count(*) AS bundles, count(DISTINCT channel) AS channels "
          + "FROM bundle WHERE team = :team AND vault = :vault AND recipient = :recipient AND "
          + "seq IN (:seqs) GROUP BY seq ORDER BY seq")
  List<ExtentRow> sizes(
      @Binary Bytes team, @Binary Bytes vault, @Binary Bytes recipient, Collection<Long> seqs);

  /// A recipient's bundles of a range of commits, in order, those of one commit the newest last.
  @Query(
      "SELECT * FROM bundle WHERE team = :team AND vault = :vault AND recipient = :recipient "
          + "AND seq BETWEEN :from AND :to ORDER BY seq, number")
  List<BundleRow> range(
      @Binary Bytes team, @Binary Bytes vault, @Binary Bytes recipient, long from, long to);

  /// A recipient's bundles of some commits, but for those that the recipient says open nothing.
  @Query(
      "SELECT b.* FROM bundle b WHERE b.team = :team AND b.vault = :vault AND b.recipient = "
          + ":recipient AND b.seq IN (:seqs) AND NOT EXISTS (SELECT 1 FROM unusable_wraps u WHERE "
          + "u.team = b.team AND u.vault = b.vault AND u.recipient = b.recipient AND u.seq = b.seq "
          + "AND u.number >= b.number)")
  List<BundleRow> usable(
      @Binary Bytes team, @Binary Bytes vault, @Binary Bytes recipient, Collection<Long> seqs);

  /// A recipient's bundles by one sender of some commits, the newest last.
  @Query(
      "SELECT * FROM bundle WHERE team = :team AND vault = :vault AND recipient = :recipient "
          + "AND sender = :sender AND seq IN (:seqs) ORDER BY seq, number")
  List<BundleRow> bySender(
      @Binary Bytes team,
      @Binary Bytes vault,
      @Binary Bytes recipient,
      @Binary Bytes sender,
      Collection<Long> seqs);

  /// Removes a recipient's bundles by one sender of some commits.
  @Query(
      "DELETE FROM bundle WHERE team = :team AND vault = :vault AND recipient = :recipient AND "
          + "sender = :sender AND seq IN (:seqs)")
  void deleteBySender(
      @Binary Bytes team,
      @Binary Bytes vault,
      @Binary Bytes recipient,
      @Binary Bytes sender,
      Collection<Long> seqs);

  /// Of a recipient's bundles of each commit of a range, keeps the first and the `most` newest.
  @Query(
      "DELETE FROM bundle USING (SELECT seq AS at, number AS which, row_number() OVER (PARTITION "
          + "BY seq ORDER BY number DESC) AS age, min(number) OVER (PARTITION BY seq) AS oldest "
          + "FROM bundle WHERE team = :team AND vault = :vault AND recipient = :recipient AND seq "
          + "BETWEEN :from AND :to) old WHERE team = :team AND vault = :vault AND recipient = "
          + ":recipient AND seq = old.at AND number = old.which AND old.age > :most AND "
          + "old.which > old.oldest")
  void keepNewest(
      @Binary Bytes team,
      @Binary Bytes vault,
      @Binary Bytes recipient,
      long from,
      long to,
      int most);

  /// The first commits above a place of which no usable bundle of a recipient alone has every wrap.
  @Query(
      "SELECT c.seq FROM vault_commit c WHERE c.team = :team AND c.vault = :vault AND c.seq > "
          + ":after AND c.puts > 0 AND NOT EXISTS (SELECT 1 FROM bundle b WHERE b.team = c.team "
          + "AND b.vault = c.vault AND b.recipient = :recipient AND b.seq = c.seq AND b.wraps >= "
          + "c.puts AND NOT EXISTS (SELECT 1 FROM unusable_wraps u WHERE u.team = b.team AND "
          + "u.vault = b.vault AND u.recipient = b.recipient AND u.seq = b.seq AND u.number >= "
          + "b.number)) ORDER BY c.seq LIMIT :limit")
  List<Long> doubtful(
      @Binary Bytes team, @Binary Bytes vault, @Binary Bytes recipient, long after, int limit);

  /// Removes a member's bundles in some vaults.
  @Query("DELETE FROM bundle WHERE team = :team AND vault IN (:vaults) AND recipient = :recipient")
  void deleteFor(
      @Binary Bytes team, @Expandable Collection<byte[]> vaults, @Binary Bytes recipient);
}
