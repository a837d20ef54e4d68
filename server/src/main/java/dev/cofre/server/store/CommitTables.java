package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// What a commit reads and writes, in one exchange with the database each: the statements are sent together and run one after the other, and
/// each sees what was committed before it began, as it does when they are sent one by one. Lists are
/// unnested: a plan that is made once serves one element and ten thousand, whereas a list of a length that is not known is searched anew for each row.
@Singleton
public class CommitTables {
  private static final String VAULT = " WHERE team = ? AND vault = ?";

  private static final String READ =
      String.join(
          ";",
          "SELECT seq, hash, team_seq, bundles FROM vault" + VAULT + Lock.ROWS,
          "SELECT seq, hash, created FROM team WHERE team = ?",
          "SELECT count(*) FROM write_hold"
              + VAULT
              + " AND subject IN (SELECT unnest(?)) AND until > ?",
          "SELECT file, revision, deleted FROM file_head"
              + VAULT
              + " AND file IN (SELECT unnest(?))",
          "SELECT revision, file, blob, purged FROM revision"
              + VAULT
              + " AND revision IN (SELECT unnest(?))",
          "SELECT channel, recipient, recipient_key, payload, signature FROM channel"
              + VAULT
              + " AND channel IN (SELECT unnest(?))");

  private static final String WRITE =
      String.join(
          ";",
          "WITH wanted AS (SELECT object FROM blob"
              + VAULT
              + " AND blob IN (SELECT unnest(?))), spared AS (UPDATE stored_object SET doomed = 0, "
              + "referenced = true"
              + VAULT
              + " AND stage = 1 AND object IN (SELECT object FROM wanted) RETURNING object) SELECT "
              + "count(*) FROM wanted WHERE object IN (SELECT object FROM spared)",
          "INSERT INTO vault_commit (team, vault, seq, hash, author, device, payload, signature, "
              + "puts, size, received) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          "INSERT INTO revision (team, vault, revision, file, seq, slot, blob, sealed, purged) "
              + "SELECT ?, ?, revision, file, ?, slot - 1, blob, sealed, false FROM unnest(?, ?, ?, ?) "
              + "WITH ORDINALITY AS put (revision, file, blob, sealed, slot)",
          "INSERT INTO file_head (team, vault, file, revision, deleted) SELECT ?, ?, file, "
              + "revision, deleted FROM unnest(?, ?, ?) AS moved (file, revision, deleted) ON "
              + "CONFLICT (team, vault, file) DO UPDATE SET revision = excluded.revision, deleted "
              + "= excluded.deleted",
          "INSERT INTO bundle (team, vault, recipient, seq, number, sender, channel, wraps, size, "
              + "body) SELECT ?, ?, recipient, ?, ? + number, ?, channel, wraps, length(body), body "
              + "FROM unnest(?, ?, ?, ?) WITH ORDINALITY AS bundle (recipient, channel, wraps, body, "
              + "number)",
          "UPDATE vault SET seq = ?, hash = ?, team_seq = ?, bundles = ?" + VAULT);

  private final TransactionOperations<Connection> operations;

  CommitTables(TransactionOperations<Connection> operations) {
    this.operations = operations;
  }

  /// The ids that a commit names.
  ///
  /// @param subjects whose writes may be held
  public record Named(
      List<byte[]> subjects, List<byte[]> files, List<byte[]> revisions, List<byte[]> channels) {}

  /// A locked vault, its team, how many of the subjects are held in it, and which of the files, revisions and channels exist in it.
  public record Found(
      VaultRow vault,
      TeamRow team,
      long holds,
      List<FileRow> files,
      List<KnownRow> revisions,
      List<ChannelRow> channels) {}

  /// A commit, and what it changes. The revisions are in the order of their slots, the bundles in that of their numbers, the first of which
  /// is the one after the vault's.
  ///
  /// @param teamSeq the place of the commit's team head
  public record Written(
      CommitRow commit,
      long teamSeq,
      List<RevisionRow> revisions,
      List<FileRow> files,
      List<BundleRow> bundles) {}

  /// Locks a vault until the transaction ends, so that its history and bundles cannot grow meanwhile, and then reads what is around a commit.
  public Optional<Found> lock(Bytes team, Bytes vault, Named named, long now) {
    return run(
        READ,
        batch -> {
          batch
              .vault(team, vault)
              .bytes(team)
              .vault(team, vault)
              .all(named.subjects())
              .number(now)
              .vault(team, vault)
              .all(named.files())
              .vault(team, vault)
              .all(named.revisions())
              .vault(team, vault)
              .all(named.channels());
          return found(batch, team, vault);
        });
  }

  private static Optional<Found> found(Batch batch, Bytes team, Bytes vault) throws SQLException {
    Optional<VaultRow> row =
        batch.one(
            r -> new VaultRow(team, vault, r.getLong(1), bytes(r, 2), r.getLong(3), r.getLong(4)));
    if (row.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Found(
            row.get(),
            batch
                .one(r -> new TeamRow(team, r.getLong(1), bytes(r, 2), r.getLong(3)))
                .orElseThrow(),
            batch.one(r -> r.getLong(1)).orElseThrow(),
            batch.rows(r -> new FileRow(team, vault, bytes(r, 1), bytes(r, 2), r.getBoolean(3))),
            batch.rows(r -> new KnownRow(bytes(r, 1), bytes(r, 2), bytes(r, 3), r.getBoolean(4))),
            batch.rows(r ->
                new ChannelRow(
                    team,
                    vault,
                    bytes(r, 1),
                    bytes(r, 2),
                    bytes(r, 3),
                    bytes(r, 4),
                    bytes(r, 5)))));
  }

  /// Writes a commit of a locked vault and moves the vault's head to it. Takes the objects that hold its contents off the list of the unused
  /// and locks them.
  ///
  /// @return how many of the contents are in this vault and complete; when one is not, the transaction must be undone
  public long write(VaultRow vault, Written written, List<byte[]> contents) {
    CommitRow commit = written.commit();
    List<RevisionRow> revisions = written.revisions();
    List<FileRow> files = written.files();
    List<BundleRow> bundles = written.bundles();
    return run(
        WRITE,
        batch -> {
          batch.vault(vault.team(), vault.vault()).all(contents).vault(vault.team(), vault.vault());
          batch
              .vault(vault.team(), vault.vault())
              .number(commit.seq())
              .bytes(commit.hash())
              .bytes(commit.author())
              .bytes(commit.device())
              .bytes(commit.payload())
              .bytes(commit.signature())
              .integer(commit.puts())
              .integer(commit.size())
              .number(commit.received());
          batch
              .vault(vault.team(), vault.vault())
              .number(commit.seq())
              .all(Raw.each(revisions, RevisionRow::revision))
              .all(Raw.each(revisions, RevisionRow::file))
              .all(Raw.each(revisions, RevisionRow::blob))
              .all(Raw.each(revisions, RevisionRow::sealed));
          batch
              .vault(vault.team(), vault.vault())
              .all(Raw.each(files, FileRow::file))
              .all(Raw.each(files, FileRow::revision))
              .array("boolean", files.stream().map(FileRow::deleted).toArray(Boolean[]::new));
          batch
              .vault(vault.team(), vault.vault())
              .number(commit.seq())
              .number(vault.bundles())
              .bytes(commit.author())
              .all(Raw.each(bundles, BundleRow::recipient))
              .all(Raw.each(bundles, BundleRow::channel))
              .array("integer", bundles.stream().map(BundleRow::wraps).toArray(Integer[]::new))
              .all(Raw.each(bundles, BundleRow::body));
          batch
              .number(commit.seq())
              .bytes(commit.hash())
              .number(written.teamSeq())
              .number(vault.bundles() + bundles.size())
              .vault(vault.team(), vault.vault());
          return batch.one(r -> r.getLong(1)).orElseThrow();
        });
  }

  @FunctionalInterface
  private interface Work<T> {
    T with(Batch batch) throws SQLException;
  }

  private <T> T run(String sql, Work<T> work) {
    Connection connection = operations.getConnection();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return work.with(new Batch(connection, statement));
    } catch (SQLException e) {
      throw new IllegalStateException("a commit cannot be read or written", e);
    }
  }

  private static Bytes bytes(ResultSet row, int column) throws SQLException {
    return Bytes.of(row.getBytes(column));
  }
}
