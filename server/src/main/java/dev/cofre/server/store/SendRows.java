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

/// Sends. Whoever changes one by a vault's history has locked the vault first.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface SendRows extends GenericRepository<SendRow, Bytes> {
  /// Adds sends.
  @Query(
      "INSERT INTO send (team, vault, send, author, access, preface, manifest, sealed, passcode, "
          + "opens, used, wrong, paused, expires, ended) VALUES (:team, :vault, :send, :author, "
          + ":access, :preface, :manifest, :sealed, :passcode, :opens, :used, :wrong, :paused, "
          + ":expires, :ended)")
  void insertAll(List<SendRow> rows);

  /// A send of a vault.
  @Query("SELECT * FROM send WHERE team = :team AND vault = :vault AND send = :send")
  Optional<SendRow> find(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes send);

  /// Those of the given sends of a vault that exist.
  @Query("SELECT * FROM send WHERE team = :team AND vault = :vault AND send IN (:sends)")
  List<SendRow> findAll(
      @Binary Bytes team, @Binary Bytes vault, @Expandable Collection<byte[]> sends);

  /// A send by its link, whoever's it is.
  @Query("SELECT * FROM send WHERE send = :send AND access = :access")
  Optional<SendRow> byLink(@Binary Bytes send, @Binary Bytes access);

  /// The same, locked until the transaction ends.
  @Query("SELECT * FROM send WHERE send = :send AND access = :access" + Lock.READS + Lock.ROWS)
  Optional<SendRow> lockByLink(@Binary Bytes send, @Binary Bytes access);

  /// Counts an opening, after which no passcode was wrong.
  @Query(
      "UPDATE send SET used = used + 1, wrong = 0, paused = 0 WHERE team = :team AND vault = :vault "
          + "AND send = :send")
  void countOpening(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes send);

  /// Counts a wrong passcode.
  @Query(
      "UPDATE send SET wrong = wrong + 1, paused = :until WHERE team = :team AND vault = :vault AND "
          + "send = :send")
  void countWrong(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes send, long until);

  /// Makes a send last longer.
  @Query(
      "UPDATE send SET expires = :expires WHERE team = :team AND vault = :vault AND send = :send")
  void extend(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes send, long expires);

  /// How many sends of a team can be opened.
  @Query("SELECT count(*) FROM send WHERE team = :team AND ended = 0")
  long countLive(@Binary Bytes team);

  /// The sends in some vaults that a member made and that are not over.
  @Query(
      "SELECT * FROM send WHERE team = :team AND vault IN (:vaults) AND author = :author AND ended "
          + "= 0")
  List<SendRow> liveOf(
      @Binary Bytes team, @Expandable Collection<byte[]> vaults, @Binary Bytes author);

  /// The sends of a vault that hand out one of some revisions.
  @Query(
      "SELECT * FROM send WHERE team = :team AND vault = :vault AND ended = 0 AND send IN (SELECT "
          + "send FROM send_content WHERE team = :team AND vault = :vault AND revision IN "
          + "(:revisions))")
  List<SendRow> handingOut(
      @Binary Bytes team, @Binary Bytes vault, @Expandable Collection<byte[]> revisions);

  /// Some sends that have expired and are not over.
  @Query("SELECT * FROM send WHERE ended = 0 AND expires <= :now ORDER BY expires LIMIT :limit")
  List<SendRow> expired(long now, int limit);

  /// Says since when a send is over.
  ///
  /// @return 0 when that was said before
  @Query(
      "UPDATE send SET ended = :since WHERE team = :team AND vault = :vault AND send = :send AND "
          + "ended = 0")
  int end(@Binary Bytes team, @Binary Bytes vault, @Binary Bytes send, long since);

  /// Removes what was over before a moment, with its openings.
  @Query("DELETE FROM send WHERE ended > 0 AND ended < :before")
  int deleteOver(long before);
}
