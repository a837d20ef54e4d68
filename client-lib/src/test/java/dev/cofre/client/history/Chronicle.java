package dev.cofre.client.history;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.format.Category;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.format.PaddedFrame;
import dev.cofre.client.format.RecordPath;
import dev.cofre.client.replica.Stored.Fact;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.vault.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The facts of a vault as tests need them, one change a commit. Records are opened when the test says so.
final class Chronicle {
  private static final RandomSource RANDOM = RandomSource.system();

  private final VaultId vault = new VaultId(RANDOM.bytes(32));
  private final MemberId author = new MemberId(RANDOM.bytes(MemberId.LENGTH));
  private final DeviceId device = new DeviceId(RANDOM.bytes(DeviceId.LENGTH));
  private final List<Fact> facts = new ArrayList<>();
  private long seq;

  /// A file with an id that begins with these digits.
  static FileId file(String digits) {
    return new FileId(Bytes.fromHex(digits + "0".repeat(2 * FileId.LENGTH - digits.length())));
  }

  /// An index of all facts so far.
  VaultIndex index() {
    VaultIndex index = new VaultIndex(vault);
    facts.forEach(index::learn);
    return index;
  }

  private void commit(Change change, List<Bytes> seals) {
    seq++;
    Hash hash = new Hash(RANDOM.bytes(32));
    facts.add(new Fact.Committed(seq, hash, author, device, 1, 1, List.of(change), seals));
  }

  /// A version of which only the commit is known.
  RevisionId put(FileId file) {
    RevisionId revision = new RevisionId(RANDOM.bytes(RevisionId.LENGTH));
    Optional<BlobId> blob =
        Optional.of(new BlobId(RANDOM.bytes(BlobId.LENGTH))).filter(_ -> !file.equals(FileId.NAME));
    Hash record = new Hash(RANDOM.bytes(32));
    commit(
        new Change.Put(file, revision, Optional.empty(), blob, record), List.of(RANDOM.bytes(56)));
    return revision;
  }

  /// A version at a path, with its record.
  RevisionId put(FileId file, String path) {
    RevisionId revision = put(file);
    open(revision, path);
    return revision;
  }

  void open(RevisionId revision, String path) {
    FileRecord.Facts said =
        new FileRecord.Facts(
            new RecordPath(path),
            1,
            Instant.EPOCH,
            "",
            Category.GENERAL,
            new Hash(RANDOM.bytes(32)),
            List.of(),
            PaddedFrame.sealedLength(1));
    try (SecretBytes key = RANDOM.secret(32);
        FileRecord record = FileRecord.of(said, key)) {
      facts.add(new Fact.Opened(revision, RANDOM.bytes(32), Bytes.of(record.encode())));
    }
  }

  void openName(RevisionId revision, String name) {
    facts.add(
        new Fact.Opened(revision, RANDOM.bytes(32), Bytes.of(FileRecord.encodeVaultName(name))));
  }

  void delete(FileId file, RevisionId last) {
    commit(new Change.Delete(file, last), List.of());
  }

  void purge(FileId file, RevisionId revision) {
    commit(new Change.Purge(file, List.of(revision)), List.of());
  }
}
