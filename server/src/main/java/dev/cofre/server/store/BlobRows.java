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

/// Contents.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface BlobRows extends GenericRepository<BlobRow, Bytes> {
  /// Adds blobs.
  @Query(
      "INSERT INTO blob (team, vault, blob, object, start, length) VALUES (:team, "
          + ":vault, :blob, :object, :start, :length)")
  void insertAll(List<BlobRow> rows);

  /// The blobs of an object, in order.
  @Query(
      "SELECT * FROM blob WHERE team = :team AND vault = :vault AND object = :object "
          + "ORDER BY start")
  List<BlobRow> all(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes object);

  /// Those of the given blobs that exist.
  @Query("SELECT * FROM blob WHERE team = :team AND vault = :vault AND blob IN (:blobs)")
  List<BlobRow> find(@Binary Bytes team, @Binary Bytes vault, @Expandable Collection<byte[]> blobs);

  /// A blob that a revision refers to which is not purged.
  @Query(
      "SELECT * FROM blob WHERE team = :team AND vault = :vault AND blob = :blob AND "
          + "EXISTS (SELECT 1 FROM revision WHERE revision.team = blob.team AND "
          + "revision.vault = blob.vault AND revision.blob = blob.blob AND NOT "
          + "revision.purged)")
  Optional<BlobRow> readable(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes blob);

  /// Those of the given blobs that a revision refers to which is not purged.
  @Query(
      "SELECT * FROM blob WHERE team = :team AND vault = :vault AND blob IN (:blobs) AND "
          + "EXISTS (SELECT 1 FROM revision WHERE revision.team = blob.team AND "
          + "revision.vault = blob.vault AND revision.blob = blob.blob AND NOT "
          + "revision.purged)")
  List<BlobRow> allReadable(
      @Binary Bytes team, @Binary Bytes vault, @Expandable Collection<byte[]> blobs);

  /// Removes those of the given blobs to which neither a revision nor a send refers any more.
  @Query(
      "DELETE FROM blob WHERE team = :team AND vault = :vault AND blob IN (:blobs) "
          + "AND NOT EXISTS (SELECT 1 FROM revision WHERE revision.team = blob.team AND "
          + "revision.vault = blob.vault AND revision.blob = blob.blob AND NOT "
          + "revision.purged) AND NOT EXISTS (SELECT 1 FROM send_content WHERE send_content.team = "
          + "blob.team AND send_content.vault = blob.vault AND send_content.blob = blob.blob)")
  int deleteUnused(@Binary Bytes team, @Binary Bytes vault, @Expandable Collection<byte[]> blobs);
}
