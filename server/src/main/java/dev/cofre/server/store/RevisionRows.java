package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;

/// Versions of files.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface RevisionRows extends GenericRepository<RevisionRow, Bytes> {
  /// The revisions that commits of a range made, in order.
  @Query(
      "SELECT * FROM revision WHERE team = :team AND vault = :vault AND seq BETWEEN "
          + ":from AND :to ORDER BY seq, slot")
  List<RevisionRow> range(@Binary Bytes team, @Binary Bytes vault, long from, long to);

  /// The places of the revisions of some commits that are not purged, in order.
  @Query(
      "SELECT seq, slot FROM revision WHERE team = :team AND vault = :vault AND seq IN (:seqs) "
          + "AND NOT purged ORDER BY seq, slot")
  List<PlaceRow> places(@Binary Bytes team, @Binary Bytes vault, Collection<Long> seqs);

  /// Those of some commits of which a revision is not purged, in order.
  @Query(
      "SELECT c.seq FROM vault_commit c WHERE c.team = :team AND c.vault = :vault AND c.seq IN "
          + "(:seqs) AND EXISTS (SELECT 1 FROM revision r WHERE r.team = c.team AND r.vault = "
          + "c.vault AND r.seq = c.seq AND NOT r.purged) ORDER BY c.seq")
  List<Long> alive(@Binary Bytes team, @Binary Bytes vault, Collection<Long> seqs);

  /// Drops the records of revisions.
  @Query(
      "UPDATE revision SET purged = true, sealed = '' WHERE team = :team AND vault = "
          + ":vault AND revision IN (:revisions)")
  void purge(@Binary Bytes team, @Binary Bytes vault, @Expandable Collection<byte[]> revisions);
}
