package bench;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.format.Category;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.format.PaddedFrame;
import dev.cofre.client.format.RecordPath;
import dev.cofre.client.history.VerifiedLog;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.keys.Keystore;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.keys.Wraps;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Recipient;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The next commits of one vault, signed, sealed and encoded before anything is measured; their contents are on the server already.
final class CommitLoad implements AutoCloseable {
  private static final int SIZE = 100;
  private static final RandomSource RANDOM = RandomSource.system();

  private final Fleet.Ship ship;
  private final TeamId team;
  private final Keystore keystore;
  private final TeamState state;
  private final Recipient recipient;
  private final Channels.End channel;
  private final RawConnection connection;
  private final List<byte[]> requests = new ArrayList<>();
  private boolean channelSent;
  private Head head;

  CommitLoad(Fleet.Ship ship, String url) throws CofreException, IOException, MalformedException {
    this.ship = ship;
    this.team = ship.device().cofre().whoAmI().team();
    this.keystore = Keystore.open(ship.device().home(), Device.passphrase(), RANDOM);
    this.state = VerifiedLog.fetch(ship.device().server(), team).state();
    this.recipient = state.recipients(ship.vault().id()).values().iterator().next();
    this.channel = Channels.make(keystore.identity(), team, ship.vault().id(), recipient, RANDOM);
    this.connection = RawConnection.open(url, team, keystore.identity());
    this.head = ship.vault().head();
  }

  /// Uploads contents and makes commits of so many files each.
  void prepare(int commits, int files) throws CofreException {
    requests.clear();
    List<BlobId> blobs = upload(commits * files);
    for (int i = 0; i < commits; i++) {
      requests.add(commit(blobs.subList(i * files, (i + 1) * files)));
    }
  }

  /// Sends what was prepared, one commit after the other.
  void send() throws IOException {
    String path = Route.APPEND_COMMIT.path(team, ship.vault().id());
    for (byte[] request : requests) {
      connection.post(path, request);
    }
  }

  /// Fails unless the vault's last commit is the last one prepared.
  void check() throws CofreException, IOException {
    Commits.Page page = ship.device().server().commits(team, ship.vault().id(), head.seq() - 1, 1);
    if (!page.head().equals(head)) {
      throw new IOException("the vault does not end with the last commit");
    }
  }

  private List<BlobId> upload(int count) throws CofreException {
    int length = Math.toIntExact(PaddedFrame.sealedLength(SIZE));
    List<BlobId> all = new ArrayList<>();
    while (all.size() < count) {
      List<Uploads.Blob> blobs = new ArrayList<>();
      for (int i = 0; i < Math.min(Commit.MAX_CHANGES, count - all.size()); i++) {
        blobs.add(new Uploads.Blob(new BlobId(RANDOM.bytes(BlobId.LENGTH)), length));
      }
      Uploads.Begin begin = new Uploads.Begin(new UploadId(RANDOM.bytes(UploadId.LENGTH)), blobs);
      var server = ship.device().server();
      var vault = ship.vault().id();
      server.beginUpload(team, vault, begin);
      ByteBuffer bytes = ByteBuffer.wrap(RANDOM.bytes(Math.toIntExact(begin.length())).toArray());
      server.putPart(team, vault, begin.upload(), 1, bytes);
      server.completeUpload(team, vault, begin.upload());
      blobs.forEach(blob -> all.add(blob.blob()));
    }
    return all;
  }

  private byte[] commit(List<BlobId> blobs) {
    List<Change> changes = new ArrayList<>();
    List<Commits.SealedRecord> records = new ArrayList<>();
    byte[] wraps = new byte[blobs.size() * Bundle.WRAP_LENGTH];
    for (BlobId blob : blobs) {
      FileId file = new FileId(RANDOM.bytes(FileId.LENGTH));
      RevisionId revision = new RevisionId(RANDOM.bytes(RevisionId.LENGTH));
      try (SecretBytes key = RANDOM.secret(32)) {
        var place = new SealedRecords.Place(team, ship.vault().id(), file, revision);
        Bytes sealed = SealedRecords.seal(place, key, record(file), RANDOM);
        Hash hash = Hash.sha256(sealed.toArray());
        Wraps.wrap(channel.secret(), channel.id(), revision, hash, key)
            .copyTo(wraps, changes.size() * Bundle.WRAP_LENGTH);
        changes.add(new Change.Put(file, revision, Optional.empty(), Optional.of(blob), hash));
        records.add(new Commits.SealedRecord(sealed));
      }
    }
    Commit commit =
        new Commit(
            team,
            ship.vault().id(),
            head.seq() + 1,
            head.hash(),
            state.head(),
            keystore.identity().member(),
            keystore.identity().device(),
            System.currentTimeMillis(),
            changes);
    SignedBytes signed = keystore.identity().sign(Label.COMMIT, Commit.CODEC.encode(commit));
    Bundle.Run run = new Bundle.Run(commit.seq(), 0, Bytes.of(wraps));
    Bundle bundle = new Bundle(recipient.member(), channel.id(), List.of(run));
    List<SignedBytes> channels = channelSent ? List.of() : List.of(channel.bytes());
    channelSent = true;
    head = new Head(commit.seq(), signed.hash(Label.COMMIT));
    return Commits.Append.CODEC.encode(
        new Commits.Append(signed, records, List.of(bundle), channels));
  }

  private static byte[] record(FileId file) {
    try (SecretBytes key = RANDOM.secret(32);
        FileRecord record =
            FileRecord.of(
                new FileRecord.Facts(
                    new RecordPath("/files/" + file.hex() + ".bin"),
                    SIZE,
                    Instant.now(),
                    "application/octet-stream",
                    Category.GENERAL,
                    new Hash(RANDOM.bytes(32)),
                    List.of(),
                    PaddedFrame.sealedLength(SIZE)),
                key)) {
      return record.encode();
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
    channel.close();
    keystore.close();
  }
}
