package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;

/// Where files stand.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface FileRows extends GenericRepository<FileRow, Bytes> {
  /// Those of the given files that exist.
  @Query("SELECT * FROM file_head WHERE team = :team AND vault = :vault AND file IN " + "(:files)")
  List<FileRow> find(@Binary Bytes team, @Binary Bytes vault, @Expandable Collection<byte[]> files);

  /// Sets where files stand.
  @Query(
      "INSERT INTO file_head (team, vault, file, revision, deleted) VALUES (:team, "
          + ":vault, :file, :revision, :deleted) ON CONFLICT (team, vault, file) DO UPDATE "
          + "SET revision = excluded.revision, deleted = excluded.deleted")
  void setAll(List<FileRow> rows);
}
