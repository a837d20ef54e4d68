package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;

/// Who fetched what.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface FetchRows extends GenericRepository<FetchRow, Bytes> {
  /// Notes the first time that a member fetched a blob.
  @Query(
      "INSERT INTO blob_fetch (team, vault, member, blob, first) VALUES (:team, "
          + ":vault, :member, :blob, :now) ON CONFLICT (team, vault, member, blob) DO "
          + "NOTHING")
  void note(
      @Binary Bytes team, @Binary Bytes vault, @Binary Bytes member, @Binary Bytes blob, long now);

  /// Notes the first time that a member fetched each of some blobs. In one order always, so that nobody who notes others waits in a circle.
  @Query(
      "INSERT INTO blob_fetch (team, vault, member, blob, first) SELECT team, vault, "
          + ":member, blob, :now FROM blob WHERE team = :team AND vault = :vault AND blob IN (:blobs) "
          + "ORDER BY blob ON CONFLICT (team, vault, member, blob) DO NOTHING")
  void noteAll(
      @Binary Bytes team,
      @Binary Bytes vault,
      @Binary Bytes member,
      @Expandable Collection<byte[]> blobs,
      long now);

  /// How many different files a member fetched.
  @Query(
      "SELECT count(DISTINCT revision.file) FROM blob_fetch JOIN revision ON "
          + "revision.team = blob_fetch.team AND revision.vault = blob_fetch.vault AND "
          + "revision.blob = blob_fetch.blob WHERE blob_fetch.team = :team AND "
          + "blob_fetch.vault = :vault AND blob_fetch.member = :member")
  long countFiles(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes member);
}
