package dev.cofre.client.history;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.NotForUs;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.format.FileRecord;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.vault.Change;
import java.time.Instant;
import java.util.Optional;

/// One version of a file (or of the vault's name), as its signed commit says, with its record once that could be opened. Owned by
/// its [VaultIndex].
public final class Revision {
  private final Change.Put put;
  private final Place place;
  private final int number;
  private final MemberId author;
  private final long time;
  private Bytes seal;
  private State state = State.PENDING;
  private Optional<SecretBytes> key = Optional.empty();
  private Optional<FileRecord> record = Optional.empty();
  private Optional<CofreException> failure = Optional.empty();

  /// Where a put stands: its commit, its number among the commit's changes, and among its puts.
  public record Place(long seq, int change, int slot) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int commits = Long.compare(seq, other.seq);
      return commits != 0 ? commits : Integer.compare(change, other.change);
    }
  }

  /// How far it can be read.
  public enum State {
    /// No key that opens it has been wrapped for this member yet.
    PENDING,
    /// Its record is there.
    READABLE,
    /// The server has not given its record, which it once took. It is asked for again.
    WITHHELD,
    /// What its author signed does not open, or is no valid record.
    SPOILT,
    /// It is erased.
    PURGED
  }

  Revision(Change.Put put, Place place, int number, MemberId author, long time, Bytes seal) {
    this.put = put;
    this.place = place;
    this.number = number;
    this.author = author;
    this.time = time;
    this.seal = seal;
  }

  /// The file.
  public FileId file() {
    return put.file();
  }

  /// The revision's id.
  public RevisionId id() {
    return put.revision();
  }

  /// The signed change.
  public Change.Put put() {
    return put;
  }

  /// Where it stands in the vault's history.
  public Place place() {
    return place;
  }

  /// Which version of the file it is, from 1.
  public int number() {
    return number;
  }

  /// Who signed it.
  public MemberId author() {
    return author;
  }

  /// The author's clock.
  public Instant time() {
    return Instant.ofEpochMilli(time);
  }

  /// The first 56 bytes of the sealed record, which hold its key commitment; none when the server gave no record.
  public Bytes seal() {
    return seal;
  }

  /// How far it can be read.
  public State state() {
    return state == State.PENDING && seal.length() == 0 ? State.WITHHELD : state;
  }

  /// Whether its record is there.
  public boolean readable() {
    return state == State.READABLE;
  }

  /// The record of a file's version.
  ///
  /// @throws CofreException [NotForUs] while no key has been wrapped; [RolledBack] while the server withholds it; [Tampered] (or what
  ///     reading it gave) when it is spoilt; [NotFound] when it is erased
  public FileRecord record() throws CofreException {
    return switch (state()) {
      case READABLE -> record.orElseThrow(() -> new Tampered("a file's record"));
      case PENDING ->
          throw failure.orElseGet(() ->
              new NotForUs(
                  "this version is not yet readable: no key has been wrapped for you so far",
                  "It becomes readable once the program of a colleague who can edit this vault has been in touch."));
      case WITHHELD ->
          throw new RolledBack(
              "the server does not give the record of this version, which it once took",
              "Try again later, and ask whoever runs the server whether it was restored from a backup.");
      case SPOILT -> throw failure.orElseGet(() -> new Tampered("a file's record"));
      case PURGED -> throw new NotFound("this version has been erased");
    };
  }

  /// What its record says, where that is a file's and could be opened.
  public Optional<FileRecord.Facts> facts() {
    return record.map(FileRecord::facts);
  }

  /// Whether its record says that it lies at a path.
  public boolean isAt(String path) {
    return facts().filter(facts -> facts.path().value().equals(path)).isPresent();
  }

  /// The key of its sealed record, owned by this revision; absent unless it is readable.
  public Optional<SecretBytes> key() {
    return key;
  }

  /// The beginning of its record has been given.
  void arrive(Bytes given) {
    seal = given;
  }

  void open(SecretBytes recordKey, Optional<FileRecord> opened) {
    key = Optional.of(recordKey);
    record = opened;
    state = State.READABLE;
    failure = Optional.empty();
  }

  /// Why there is no key for it, where that is known.
  void lack(Optional<CofreException> why) {
    failure = why;
  }

  void spoil(Optional<CofreException> why) {
    state = State.SPOILT;
    failure = why;
  }

  void purge() {
    close();
    state = State.PURGED;
  }

  void close() {
    key.ifPresent(SecretBytes::close);
    record.ifPresent(FileRecord::close);
    key = Optional.empty();
    record = Optional.empty();
  }
}
