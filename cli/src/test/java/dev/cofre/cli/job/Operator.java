package dev.cofre.cli.job;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.Keystore;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Commit;
import dev.cofre.server.postgres.PostgresAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/// Whoever runs the server and has every row in hand: takes history out, puts it back elsewhere, hides what was decided.
final class Operator implements AutoCloseable {
  private static final Codec<Bundle> BUNDLE = Codec.of(Bundle.class);

  private final Connection rows;

  /// A commit with all that came with it: its row and those of its revisions, wraps and files.
  record Taken(
      Signed<Commit> commit,
      Map<String, Object> row,
      List<Map<String, Object>> revisions,
      List<Map<String, Object>> bundles,
      List<Map<String, Object>> files) {
    /// The same changes, signed again for another place by somebody who has the author's device.
    Signed<Commit> signedAgain(Path home, String passphrase, Head upon, Head teamHead)
        throws Exception {
      Commit was = commit.value();
      Commit now =
          new Commit(
              was.team(),
              was.vault(),
              upon.seq() + 1,
              upon.hash(),
              teamHead,
              was.author(),
              was.device(),
              was.time(),
              was.changes());
      try (Keystore keystore =
          Keystore.open(home, passphrase.toCharArray(), RandomSource.system())) {
        Identity identity = keystore.identity();
        return Commit.read(identity.sign(Label.COMMIT, Commit.CODEC.encode(now)));
      }
    }
  }

  /// An entry of a team log.
  record Entry(Map<String, Object> row) {}

  private Operator(Connection rows) {
    this.rows = rows;
  }

  /// At the database of a running server.
  static Operator of(Path data) throws IOException, SQLException {
    PostgresAddress address = PostgresAddress.running(data.resolve("postgres")).orElseThrow();
    return new Operator(
        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password()));
  }

  /// The last commit of a vault.
  Head head(String vault) throws SQLException {
    return head("SELECT seq, hash FROM vault WHERE vault = ?", vault);
  }

  /// The last entry of a team log.
  Head teamHead(String team) throws SQLException {
    return head("SELECT seq, hash FROM team WHERE team = ?", team);
  }

  private Head head(String query, String id) throws SQLException {
    Map<String, Object> row = select(query, bytes(id)).getFirst();
    return new Head((Long) row.get("seq"), new Hash(Bytes.of((byte[]) row.get("hash"))));
  }

  /// Takes the last commit of a vault out of its history, as though it had never come. It puts new files only.
  Taken take(String vault) throws SQLException, MalformedException {
    byte[] id = bytes(vault);
    long seq = head(vault).seq();
    Map<String, Object> row =
        select("SELECT * FROM vault_commit WHERE vault = ? AND seq = ?", id, seq).getFirst();
    Taken taken =
        new Taken(
            read(row),
            row,
            select("SELECT * FROM revision WHERE vault = ? AND seq = ?", id, seq),
            select("SELECT * FROM bundle WHERE vault = ? AND seq = ?", id, seq),
            select(
                "SELECT f.* FROM file_head f JOIN revision r USING (team, vault, revision)"
                    + " WHERE vault = ? AND seq = ?",
                id,
                seq));
    for (Map<String, Object> file : taken.files()) {
      run("DELETE FROM file_head WHERE vault = ? AND file = ?", id, file.get("file"));
    }
    run("DELETE FROM revision WHERE vault = ? AND seq = ?", id, seq);
    run("DELETE FROM bundle WHERE vault = ? AND seq = ?", id, seq);
    run("DELETE FROM vault_commit WHERE vault = ? AND seq = ?", id, seq);
    Map<String, Object> before =
        select("SELECT * FROM vault_commit WHERE vault = ? AND seq = ?", id, seq - 1).getFirst();
    advance(read(before));
    return taken;
  }

  /// Puts what was taken out upon the end of the history as another commit.
  void put(Taken taken, Signed<Commit> commit) throws SQLException, MalformedException {
    long seq = commit.value().seq();
    insert(
        "vault_commit",
        with(
            taken.row(),
            Map.of(
                "seq",
                seq,
                "hash",
                commit.hash().value().toArray(),
                "payload",
                commit.bytes().payload().toArray(),
                "signature",
                commit.bytes().signature().toArray())));
    for (Map<String, Object> revision : taken.revisions()) {
      insert("revision", with(revision, Map.of("seq", seq)));
    }
    for (Map<String, Object> row : taken.bundles()) {
      Bundle bundle = BUNDLE.decode((byte[]) row.get("body"));
      Bundle moved =
          new Bundle(
              bundle.recipient(),
              bundle.channel(),
              bundle.runs().stream()
                  .map(run -> new Bundle.Run(seq, run.first(), run.wraps()))
                  .toList());
      insert("bundle", with(row, Map.of("seq", seq, "body", BUNDLE.encode(moved))));
    }
    for (Map<String, Object> file : taken.files()) {
      insert("file_head", file);
    }
    advance(commit);
  }

  /// Puts back what was taken out, as it was.
  void put(Taken taken) throws SQLException, MalformedException {
    put(taken, taken.commit());
  }

  private void advance(Signed<Commit> to) throws SQLException {
    run(
        "UPDATE vault SET seq = ?, hash = ?, team_seq = ? WHERE vault = ?",
        to.value().seq(),
        to.hash().value().toArray(),
        to.value().teamHead().seq(),
        to.value().vault().value().toArray());
  }

  /// Takes the last entry out of a team's log.
  Entry hideLast(String team) throws SQLException {
    byte[] id = bytes(team);
    long seq = teamHead(team).seq();
    Map<String, Object> row =
        select("SELECT * FROM entry WHERE team = ? AND seq = ?", id, seq).getFirst();
    run("DELETE FROM entry WHERE team = ? AND seq = ?", id, seq);
    run(
        "UPDATE team SET (seq, hash) = (SELECT seq, hash FROM entry WHERE team = ? AND seq = ?)"
            + " WHERE team = ?",
        id,
        seq - 1,
        id);
    return new Entry(row);
  }

  /// Puts a hidden entry back.
  void show(Entry entry) throws SQLException {
    insert("entry", entry.row());
    run(
        "UPDATE team SET seq = ?, hash = ? WHERE team = ?",
        entry.row().get("seq"),
        entry.row().get("hash"),
        entry.row().get("team"));
  }

  private static Signed<Commit> read(Map<String, Object> row) throws MalformedException {
    return Commit.read(
        new SignedBytes(
            Bytes.of((byte[]) row.get("payload")), Bytes.of((byte[]) row.get("signature"))));
  }

  private static Map<String, Object> with(Map<String, Object> row, Map<String, Object> changes) {
    Map<String, Object> changed = new LinkedHashMap<>(row);
    changed.putAll(changes);
    return changed;
  }

  /// Rows by column.
  List<Map<String, Object>> select(String query, Object... values) throws SQLException {
    try (PreparedStatement statement = rows.prepareStatement(query)) {
      bind(statement, List.of(values));
      try (ResultSet found = statement.executeQuery()) {
        List<Map<String, Object>> all = new ArrayList<>();
        while (found.next()) {
          Map<String, Object> row = new LinkedHashMap<>();
          for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
            row.put(found.getMetaData().getColumnName(i), found.getObject(i));
          }
          all.add(row);
        }
        return all;
      }
    }
  }

  /// Changes rows.
  void run(String change, Object... values) throws SQLException {
    try (PreparedStatement statement = rows.prepareStatement(change)) {
      bind(statement, List.of(values));
      statement.executeUpdate();
    }
  }

  /// Adds a row.
  void insert(String table, Map<String, Object> row) throws SQLException {
    StringJoiner columns = new StringJoiner(", ", "(", ")");
    row.keySet().forEach(columns::add);
    String marks = String.join(", ", Collections.nCopies(row.size(), "?"));
    run("INSERT INTO " + table + columns + " VALUES (" + marks + ")", row.values().toArray());
  }

  private static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }
}
