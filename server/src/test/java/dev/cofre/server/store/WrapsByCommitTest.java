package dev.cofre.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Channel;
import dev.cofre.server.TestServer;
import dev.cofre.server.postgres.PostgresAddress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.migration.JavaMigration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A database as a build before version 3 left it, carried over.
final class WrapsByCommitTest {
  private static final String SCHEMA = "before_version_3";
  private static final Bytes SENDER = bytes(16, 3);
  private static final Bytes RECIPIENT = bytes(16, 4);

  @BeforeEach
  @AfterEach
  void noSchemaOfThisName() throws Exception {
    try (Connection database = database()) {
      execute(database, "DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
    }
  }

  @Test
  void cutsTheBundlesOfManyCommitsAndSaysWhoWrapped() throws Exception {
    flyway("2").migrate();
    Bundle.Run first = new Bundle.Run(5, 0, bytes(96, 7));
    Bundle.Run hole = new Bundle.Run(5, 9, bytes(48, 8));
    Bundle.Run later = new Bundle.Run(6, 0, bytes(144, 9));
    fill(first, hole, later);

    flyway("latest", new WrapsByCommit()).migrate();

    List<Bundle> found = new ArrayList<>();
    try (Connection database = database();
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT * FROM bundle ORDER BY recipient, seq, number")) {
      while (rows.next()) {
        assertEquals(SENDER, Bytes.of(rows.getBytes("sender")));
        assertEquals(RECIPIENT, Bytes.of(rows.getBytes("recipient")));
        assertEquals(1, rows.getLong("number"));
        byte[] body = rows.getBytes("body");
        Bundle bundle = Codec.of(Bundle.class).decode(body);
        assertEquals(rows.getLong("seq"), bundle.runs().getFirst().seq());
        assertEquals(rows.getInt("wraps"), bundle.wraps());
        assertEquals(rows.getInt("size"), body.length);
        assertEquals(Bytes.of(rows.getBytes("channel")), bundle.channel().value());
        found.add(bundle);
      }
      assertEquals(
          List.of(List.of(first, hole), List.of(later)), found.stream().map(Bundle::runs).toList());
    }
  }

  private static Flyway flyway(String target, JavaMigration... more) throws IOException {
    PostgresAddress address = TestServer.databaseAddress();
    return Flyway.configure()
        .dataSource(address.jdbcUrl(), address.user(), address.password())
        .schemas(SCHEMA)
        .locations("classpath:db/migration")
        .target(target)
        .javaMigrations(more)
        .load();
  }

  private static void fill(Bundle.Run... runs) throws Exception {
    Bytes team = bytes(32, 1);
    Bytes vault = bytes(32, 2);
    Channel channel =
        new Channel(
            new TeamId(team),
            new VaultId(vault),
            new MemberId(SENDER),
            new DeviceId(bytes(16, 5)),
            bytes(32, 6),
            new MemberId(RECIPIENT),
            Hash.sha256(new byte[0]),
            bytes(1120, 0));
    SignedBytes signed = new SignedBytes(Bytes.of(Channel.CODEC.encode(channel)), bytes(64, 0));
    Hash id = signed.hash(Label.CHANNEL);
    byte[] body =
        Codec.of(Bundle.class).encode(new Bundle(new MemberId(RECIPIENT), id, List.of(runs)));
    try (Connection database = database()) {
      insert(database, "INSERT INTO team (team, seq, hash, created) VALUES (?, 0, '', 0)", team);
      insert(
          database,
          "INSERT INTO vault (team, vault, seq, hash, team_seq, bundles) "
              + "VALUES (?, ?, 6, '', 0, 1)",
          team,
          vault);
      insert(
          database,
          "INSERT INTO channel (team, vault, channel, recipient, recipient_key, payload, signature) "
              + "VALUES (?, ?, ?, ?, ?, ?, ?)",
          team,
          vault,
          id.value(),
          RECIPIENT,
          channel.recipientKey().value(),
          signed.payload(),
          signed.signature());
      insert(
          database,
          "INSERT INTO bundle (team, vault, recipient, number, channel, from_seq, to_seq, wraps, "
              + "size, body) VALUES (?, ?, ?, 1, ?, 5, 6, 6, 0, ?)",
          team,
          vault,
          RECIPIENT,
          id.value(),
          Bytes.of(body));
    }
  }

  private static Connection database() throws IOException, SQLException {
    Connection database = TestServer.database();
    execute(database, "SET search_path TO " + SCHEMA);
    return database;
  }

  private static void execute(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void insert(Connection database, String sql, Bytes... values) throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setBytes(i + 1, values[i].toArray());
      }
      statement.executeUpdate();
    }
  }

  private static Bytes bytes(int length, int value) {
    byte[] filled = new byte[length];
    Arrays.fill(filled, (byte) value);
    return Bytes.of(filled);
  }
}
