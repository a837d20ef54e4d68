package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;

/// Channels.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface ChannelRows extends GenericRepository<ChannelRow, Bytes> {
  /// Adds channels that are not there yet.
  @Query(
      "INSERT INTO channel (team, vault, channel, recipient, recipient_key, payload, "
          + "signature) VALUES (:team, :vault, :channel, :recipient, :recipientKey, "
          + ":payload, :signature) ON CONFLICT (team, vault, channel) DO NOTHING")
  void insertAll(List<ChannelRow> rows);

  /// Those of the given channels that exist.
  @Query(
      "SELECT * FROM channel WHERE team = :team AND vault = :vault AND channel IN " + "(:channels)")
  List<ChannelRow> find(
      @Binary Bytes team, @Binary Bytes vault, @Expandable Collection<byte[]> channels);
}
