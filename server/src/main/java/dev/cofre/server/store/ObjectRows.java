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

  /// Says that an upload is alive, and takes it off the list of the unused.
  @Query(
      "UPDATE stored_object SET touched = :now, doomed = 0 WHERE team = :team AND vault = :vault "
          + "AND object = :object")
  void touch(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes object, long now);

  /// Moves an object that waits for parts to a later stage.
  ///
  /// @return 0 when it waits no more
  @Query(
      "UPDATE stored_object SET stage = :stage, touched = :now, doomed = 0 WHERE team = :team AND "
          + "vault = :vault AND object = :object AND stage = 0")
  int leaveOpen(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes object, int stage, long now);

  /// How long an object is that is not to be deleted.
  @Query(
      "SELECT length FROM stored_object WHERE team = :team AND vault = :vault AND object = :object "
          + "AND stage < 2")
  Optional<Long> length(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes object);

  /// Sends what a member was bringing into some vaults to deletion, unless it is complete.
  ///
  /// @return how many
  @Query(
      "UPDATE stored_object SET stage = 2, touched = :now WHERE team = :team AND vault IN (:vaults) "
          + "AND member = :member AND stage = 0")
  int abandon(
      @Binary Bytes team, @Expandable Collection<byte[]> vaults, @Binary Bytes member, long now);

  /// How many bytes a team's objects have, or will have.
  @Query("SELECT COALESCE(SUM(length), 0) FROM stored_object WHERE team = :team")
  long bytes(@Binary Bytes team);

  /// The uploads that wait for parts, by their handles.
  @Query("SELECT handle FROM stored_object WHERE stage = 0")
  List<String> openHandles();

  /// Puts objects to which neither a revision nor a send refers any more back among those that the sweep looks at.
  @Query(
      "UPDATE stored_object SET referenced = false, touched = :now WHERE team = :team "
          + "AND vault = :vault AND stage = 1 AND object IN (:objects) AND NOT EXISTS "
          + "(SELECT 1 FROM blob JOIN revision ON revision.team = blob.team AND "
          + "revision.vault = blob.vault AND revision.blob = blob.blob WHERE blob.team = "
          + "stored_object.team AND blob.vault = stored_object.vault AND blob.object = "
          + "stored_object.object AND NOT revision.purged) AND NOT EXISTS (SELECT 1 FROM blob JOIN "
          + "send_content ON send_content.team = blob.team AND send_content.vault = blob.vault AND "
          + "send_content.blob = blob.blob WHERE blob.team = stored_object.team AND blob.vault = "
          + "stored_object.vault AND blob.object = stored_object.object)")
  int settle(
      @Binary Bytes team, @Binary Bytes vault, @Expandable Collection<byte[]> objects, long now);

  /// Sends objects without any blob to deletion.
  @Query(
      "UPDATE stored_object SET stage = 2, touched = :now WHERE team = :team AND "
          + "vault = :vault AND stage = 1 AND object IN (:objects) AND NOT EXISTS (SELECT 1 "
          + "FROM blob WHERE blob.team = stored_object.team AND blob.vault = "
          + "stored_object.vault AND blob.object = stored_object.object)")
  int dropEmpty(
      @Binary Bytes team, @Binary Bytes vault, @Expandable Collection<byte[]> objects, long now);

  /// Marks objects that nothing refers to and that nobody has touched since a moment. Passes over those that a commit has in
  /// hand: it waits for nobody, so nobody waits for it in a circle.
  ///
  /// @return how many, at most `limit`
  @Query(
      "UPDATE stored_object SET doomed = :now WHERE (team, vault, object) IN (SELECT "
          + "o.team, o.vault, o.object FROM stored_object o WHERE o.stage < 2 AND NOT "
          + "o.referenced AND o.doomed = 0 AND o.touched <= :before AND NOT EXISTS (SELECT 1 FROM "
          + "blob JOIN revision ON revision.team = blob.team AND revision.vault = "
          + "blob.vault AND revision.blob = blob.blob WHERE blob.team = o.team AND "
          + "blob.vault = o.vault AND blob.object = o.object AND NOT revision.purged) AND NOT "
          + "EXISTS (SELECT 1 FROM blob JOIN send_content ON send_content.team = blob.team AND "
          + "send_content.vault = blob.vault AND send_content.blob = blob.blob WHERE blob.team = "
          + "o.team AND blob.vault = o.vault AND blob.object = o.object) ORDER "
          + "BY o.touched LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED)")
  int mark(long before, long now, int limit);

  /// Sends objects to deletion that were marked before a moment and are still unused and untouched. Passes over those that a
  /// commit has in hand.
  ///
  /// @return how many, at most `limit`
  @Query(
      "UPDATE stored_object SET stage = 2, touched = :now WHERE (team, vault, object) "
          + "IN (SELECT o.team, o.vault, o.object FROM stored_object o WHERE o.stage < 2 AND "
          + "NOT o.referenced AND o.doomed > 0 AND o.doomed <= :before AND o.touched <= "
          + ":before AND NOT EXISTS (SELECT 1 FROM "
          + "blob JOIN revision ON revision.team = blob.team AND revision.vault = "
          + "blob.vault AND revision.blob = blob.blob WHERE blob.team = o.team AND "
          + "blob.vault = o.vault AND blob.object = o.object AND NOT revision.purged) AND NOT "
          + "EXISTS (SELECT 1 FROM blob JOIN send_content ON send_content.team = blob.team AND "
          + "send_content.vault = blob.vault AND send_content.blob = blob.blob WHERE blob.team = "
          + "o.team AND blob.vault = o.vault AND blob.object = o.object) ORDER "
          + "BY o.touched LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED)")
  int condemn(long before, long now, int limit);

  /// Some objects whose bytes are to be deleted, of those that became so until a moment. They never become anything else, so
  /// no lock is needed.
  @Query(
      "SELECT * FROM stored_object WHERE stage = 2 AND touched <= :until ORDER BY touched LIMIT :limit")
  List<ObjectRow> condemned(long until, int limit);

  /// Puts an object whose bytes are to be deleted behind all others.
  @Query(
      "UPDATE stored_object SET touched = :later WHERE team = :team AND vault = :vault AND object = :object AND stage = 2")
  void postpone(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes object, long later);

  /// Removes an object with its parts and blobs.
  @Query(
      "DELETE FROM stored_object WHERE team = :team AND vault = :vault AND object = " + ":object")
  int delete(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes object);
}
