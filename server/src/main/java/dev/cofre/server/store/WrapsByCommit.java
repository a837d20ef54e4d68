package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Channel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/// Version 3 of the database: a bundle is of one commit and says who wrapped; a hold is in one vault. The bundles there are, which may
/// run over many commits, are cut; holds, which last a minute, are dropped.
final class WrapsByCommit implements JavaMigration {
  private static final Codec<Bundle> BUNDLE = Codec.of(Bundle.class);

  private static final List<String> BEFORE =
      List.of(
          "DROP TABLE write_hold",
          """
          -- Whose writes in a vault wait, because an entry that ends their right there is under way.
          CREATE TABLE write_hold (
            team bytea NOT NULL REFERENCES team,
            vault bytea NOT NULL,
            subject bytea NOT NULL,          -- a member or a device
            until bigint NOT NULL,
            PRIMARY KEY (team, vault, subject)
          )\
          """,
          "ALTER TABLE bundle RENAME TO bundle_of_many",
          """
          -- Record keys, wrapped: of one commit for one recipient by one sender. No two rows of one sender hold a wrap of the same place.
          CREATE TABLE bundle (
            team bytea NOT NULL,
            vault bytea NOT NULL,
            recipient bytea NOT NULL,
            seq bigint NOT NULL,             -- the commit
            number bigint NOT NULL,          -- the vault's count of bundles when it was added: later ones are newer
            sender bytea NOT NULL,           -- the member who wrapped
            channel bytea NOT NULL,
            wraps int NOT NULL,              -- how many
            size int NOT NULL,               -- bytes of body
            body bytea NOT NULL,             -- the bundle in CBOR; its wraps under keys derived from the channel's secret
            PRIMARY KEY (team, vault, recipient, seq, number),
            FOREIGN KEY (team, vault) REFERENCES vault
          )\
          """);

  private static final String OLD =
      "SELECT b.team, b.vault, b.recipient, b.number, b.body, c.payload, c.signature "
          + "FROM bundle_of_many b JOIN channel c ON c.team = b.team AND c.vault = b.vault AND "
          + "c.channel = b.channel";

  private static final String NEW =
      "INSERT INTO bundle (team, vault, recipient, seq, number, sender, channel, wraps, size, body) "
          + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final int ROWS_AT_ONCE = 64;

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("3");
  }

  @Override
  public String getDescription() {
    return "wraps by commit";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException, MalformedException {
    Connection connection = context.getConnection();
    try (Statement statement = connection.createStatement()) {
      for (String sql : BEFORE) {
        statement.execute(sql);
      }
      cut(connection);
      statement.execute("DROP TABLE bundle_of_many");
    }
  }

  private static void cut(Connection connection) throws SQLException, MalformedException {
    try (PreparedStatement read = connection.prepareStatement(OLD);
        PreparedStatement write = connection.prepareStatement(NEW)) {
      read.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet old = read.executeQuery()) {
        while (old.next()) {
          for (Bundle part : parts(BUNDLE.decode(old.getBytes("body")))) {
            fill(write, old, part);
            write.addBatch();
          }
          write.executeBatch();
        }
      }
    }
  }

  private static List<Bundle> parts(Bundle bundle) {
    Map<Long, List<Bundle.Run>> byCommit =
        bundle.runs().stream()
            .collect(Collectors.groupingBy(Bundle.Run::seq, TreeMap::new, Collectors.toList()));
    return byCommit.values().stream()
        .map(runs -> new Bundle(bundle.recipient(), bundle.channel(), runs))
        .toList();
  }

  private static void fill(PreparedStatement write, ResultSet old, Bundle part)
      throws SQLException, MalformedException {
    byte[] body = BUNDLE.encode(part);
    Channel channel =
        Channel.read(
                new SignedBytes(
                    Bytes.of(old.getBytes("payload")), Bytes.of(old.getBytes("signature"))))
            .value();
    int i = 0;
    write.setBytes(++i, old.getBytes("team"));
    write.setBytes(++i, old.getBytes("vault"));
    write.setBytes(++i, old.getBytes("recipient"));
    write.setLong(++i, part.runs().getFirst().seq());
    write.setLong(++i, old.getLong("number"));
    write.setBytes(++i, channel.sender().value().toArray());
    write.setBytes(++i, part.channel().value().toArray());
    write.setInt(++i, part.wraps());
    write.setInt(++i, body.length);
    write.setBytes(++i, body);
  }
}
