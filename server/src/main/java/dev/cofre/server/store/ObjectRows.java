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

/// Objects of the blob store.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface ObjectRows extends GenericRepository<ObjectRow, Bytes> {
  /// Adds an object that waits for parts.
  @Query(
      "INSERT INTO stored_object (team, vault, object, upload, member, handle, length, "
          + "stage, touched, doomed) VALUES (:team, :vault, :object, :upload, "
          + ":member, :handle, :length, :stage, :touched, :doomed)")
  void insert(ObjectRow row);

  /// The object of an upload.
  @Query(
      "SELECT * FROM stored_object WHERE team = :team AND vault = :vault AND upload = " + ":upload")
  Optional<ObjectRow> find(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes upload);

  /// The object of an upload, locked until the transaction ends.
  @Query(
      "SELECT * FROM stored_object WHERE team = :team AND vault = :vault AND upload = "
          + ":upload FOR UPDATE")
  Optional<ObjectRow> lock(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes upload);

  /// Says that an upload is alive.
  @Query(
      "UPDATE stored_object SET touched = :now WHERE team = :team AND vault = :vault "
          + "AND object = :object")
  void touch(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes object, long now);

  /// Moves an object to a later stage.
  @Query(
      "UPDATE stored_object SET stage = :stage, touched = :now WHERE team = :team AND "
          + "vault = :vault AND object = :object AND stage < :stage")
  int setStage(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes object, int stage, long now);

  /// Takes objects that hold any of the blobs off the list of the unused, and locks them.
  @Query(
      "UPDATE stored_object SET doomed = 0 WHERE team = :team AND vault = :vault AND "
          + "stage = 1 AND object IN (SELECT object FROM blob WHERE team = :team AND vault "
          + "= :vault AND blob IN (:blobs))")
  int spare(@Binary Bytes team, @Binary Bytes vault, @Expandable Collection<byte[]> blobs);

  /// Sends objects without any blob to deletion.
  @Query(
      "UPDATE stored_object SET stage = 2, touched = :now WHERE team = :team AND "
          + "vault = :vault AND stage = 1 AND object IN (:objects) AND NOT EXISTS (SELECT 1 "
          + "FROM blob WHERE blob.team = stored_object.team AND blob.vault = "
          + "stored_object.vault AND blob.object = stored_object.object)")
  int dropEmpty(
      @Binary Bytes team, @Binary Bytes vault, @Expandable Collection<byte[]> objects, long now);

  /// Marks objects that nothing refers to and that nobody has touched since a moment.
  @Query(
      "UPDATE stored_object SET doomed = :now WHERE stage < 2 AND doomed = 0 AND "
          + "touched <= :before AND NOT EXISTS (SELECT 1 FROM blob JOIN revision ON "
          + "revision.team = blob.team AND revision.vault = blob.vault AND revision.blob = "
          + "blob.blob WHERE blob.team = stored_object.team AND blob.vault = "
          + "stored_object.vault AND blob.object = stored_object.object AND NOT "
          + "revision.purged)")
  int mark(long before, long now);

  /// Sends objects to deletion that were marked before a moment and are still unused and untouched.
  @Query(
      "UPDATE stored_object SET stage = 2, touched = :now WHERE stage < 2 AND doomed "
          + "> 0 AND doomed <= :before AND touched <= :before AND NOT EXISTS (SELECT 1 FROM "
          + "blob JOIN revision ON revision.team = blob.team AND revision.vault = "
          + "blob.vault AND revision.blob = blob.blob WHERE blob.team = stored_object.team "
          + "AND blob.vault = stored_object.vault AND blob.object = stored_object.object "
          + "AND NOT revision.purged)")
  int condemn(long before, long now);

  /// Some objects whose bytes are to be deleted, locked, without those another server has in hand.
  @Query(
      "SELECT * FROM stored_object WHERE stage = 2 ORDER BY touched LIMIT :limit FOR "
          + "UPDATE SKIP LOCKED")
  List<ObjectRow> condemned(int limit);

  /// Removes an object with its parts and blobs.
  @Query(
      "DELETE FROM stored_object WHERE team = :team AND vault = :vault AND object = " + ":object")
  void delete(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes object);
}
