package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/// The commits of vaults.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface CommitRows extends GenericRepository<CommitRow, Bytes> {
  /// The commit at a place.
  @Query("SELECT * FROM vault_commit WHERE team = :team AND vault = :vault AND seq = " + ":seq")
  Optional<CommitRow> at(@Binary Bytes team, @Binary Bytes vault, long seq);

  /// How big the commits above a place are, in order.
  @Query(
      "SELECT seq, size FROM vault_commit WHERE team = :team AND vault = :vault AND "
          + "seq > :after ORDER BY seq LIMIT :limit")
  List<SizeRow> sizes(@Binary Bytes team, @Binary Bytes vault, long after, int limit);

  /// How many revisions each commit of a range makes, in order.
  @Query(
      "SELECT seq, puts AS size FROM vault_commit WHERE team = :team AND vault = "
          + ":vault AND seq BETWEEN :from AND :to ORDER BY seq")
  List<SizeRow> puts(@Binary Bytes team, @Binary Bytes vault, long from, long to);

  /// Commits of a range, in order.
  @Query(
      "SELECT * FROM vault_commit WHERE team = :team AND vault = :vault AND seq "
          + "BETWEEN :from AND :to ORDER BY seq")
  List<CommitRow> range(@Binary Bytes team, @Binary Bytes vault, long from, long to);

  /// How many commits above a place are by a member.
  @Query(
      "SELECT count(*) FROM vault_commit WHERE team = :team AND vault = :vault AND "
          + "author = :author AND seq > :after")
  long countByAuthor(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes author, long after);

  /// How many commits above a place are by a device.
  @Query(
      "SELECT count(*) FROM vault_commit WHERE team = :team AND vault = :vault AND "
          + "device = :device AND seq > :after")
  long countByDevice(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes device, long after);
}
