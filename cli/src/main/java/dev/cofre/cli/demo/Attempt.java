package dev.cofre.cli.demo;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.keys.Wraps;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Channel;
import dev.cofre.protocol.vault.Commit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Every secret of one device, tried on everything that a server holds of what was written after a commit, past every rule: what a
/// removed member could open together with the server.
final class Attempt {
  private static final Codec<Bundle> BUNDLE = Codec.of(Bundle.class);

  private final Keyring keyring;
  private final Rows rows;
  private final Path blobs;
  private final long after;
  private long tries;
  private long opened;

  /// How much was tried, and how much of it opened something.
  record Count(long tries, long opened) {}

  private Attempt(Keyring keyring, Rows rows, Path blobs, long after) {
    this.keyring = keyring;
    this.rows = rows;
    this.blobs = blobs;
    this.after = after;
  }

  /// Tries everything on the commits after one. `blobs` is the directory of the server's blob store.
  static Count on(Keyring keyring, Rows rows, Path blobs, long after)
      throws IOException, CofreException {
    Attempt attempt = new Attempt(keyring, rows, blobs, after);
    try {
      attempt.run();
    } catch (MalformedException e) {
      throw new IOException("the server's rows cannot be read", e);
    }
    return new Count(attempt.tries, attempt.opened);
  }

  private void run() throws IOException, CofreException, MalformedException {
    List<SecretBytes> secrets = channelSecrets();
    for (Rows.Row row : rows.of("vault_commit")) {
      Signed<Commit> commit =
          Commit.read(new SignedBytes(row.bytes("payload"), row.bytes("signature")));
      if (commit.value().seq() > after) {
        tryOn(commit.value(), secrets);
      }
    }
    secrets.forEach(SecretBytes::close);
  }

  /// The secrets of the device's own channels, and what each of its keys makes of each channel there is.
  private List<SecretBytes> channelSecrets() throws CofreException, MalformedException {
    List<SecretBytes> secrets = new ArrayList<>();
    keyring.channels().forEach(secret -> secrets.add(secret.duplicate()));
    for (Rows.Row row : rows.of("channel")) {
      Channel channel =
          Channel.read(new SignedBytes(row.bytes("payload"), row.bytes("signature"))).value();
      for (EncryptionKey key : keyring.memberKeys()) {
        secrets.add(Channels.secret(key, channel));
      }
    }
    return secrets;
  }

  private void tryOn(Commit commit, List<SecretBytes> secrets)
      throws IOException, MalformedException {
    List<Change.Put> puts = commit.puts();
    for (int slot = 0; slot < puts.size(); slot++) {
      Change.Put put = puts.get(slot);
      SealedRecords.Place place =
          new SealedRecords.Place(commit.team(), commit.vault(), put.file(), put.revision());
      Bytes sealed = sealed(put);
      for (SecretBytes key : keyring.keys()) {
        count(SealedRecords.matches(place, key, sealed));
      }
      for (SecretBytes secret : secrets) {
        tryWraps(commit.seq(), slot, put, secret, place, sealed);
      }
      if (put.blob().isPresent()) {
        tryBlob(commit.team(), commit.vault(), put, put.blob().get());
      }
    }
  }

  private Bytes sealed(Change.Put put) {
    return rows.of("revision").stream()
        .filter(row -> row.text("revision").equals(put.revision().hex()))
        .map(row -> row.bytes("sealed"))
        .findFirst()
        .orElseThrow();
  }

  private void tryWraps(
      long seq,
      int slot,
      Change.Put put,
      SecretBytes secret,
      SealedRecords.Place place,
      Bytes sealed)
      throws MalformedException {
    for (Rows.Row row : rows.of("bundle")) {
      Bundle bundle = BUNDLE.decode(row.bytes("body").toArray());
      for (Bundle.Run run : bundle.runs()) {
        int i = slot - run.first();
        if (run.seq() == seq && i >= 0 && i < run.count()) {
          count(opens(bundle.channel(), run.wrap(i), put, secret, place, sealed));
        }
      }
    }
  }

  private static boolean opens(
      Hash channel,
      Bytes wrap,
      Change.Put put,
      SecretBytes secret,
      SealedRecords.Place place,
      Bytes sealed) {
    try (SecretBytes key = Wraps.unwrap(secret, channel, put.revision(), put.record(), wrap)) {
      return SealedRecords.matches(place, key, sealed);
    } catch (CofreException _) {
      return false;
    }
  }

  private void tryBlob(TeamId team, VaultId vault, Change.Put put, BlobId blob) throws IOException {
    Bytes header = header(blob);
    byte[] context = SealedRecords.contentContext(team, vault, put.file(), blob);
    for (SecretBytes key : keyring.keys()) {
      count(Cobblestone.matches(key, context, header));
    }
  }

  /// The beginning of a blob, where the key that it is committed to shows.
  private Bytes header(BlobId blob) throws IOException {
    Rows.Row row =
        rows.of("blob").stream()
            .filter(each -> each.text("blob").equals(blob.hex()))
            .findFirst()
            .orElseThrow();
    String object = HexFormat.of().formatHex(row.bytes("object").toArray()) + ".o";
    try (Stream<Path> files = Files.walk(blobs)) {
      Path first =
          files.filter(path -> path.endsWith(Path.of(object, "1"))).findFirst().orElseThrow();
      try (InputStream in = Files.newInputStream(first)) {
        in.skipNBytes(row.number("start"));
        return Bytes.of(in.readNBytes(Cobblestone.HEADER_LENGTH));
      }
    }
  }

  private void count(boolean opens) {
    tries++;
    opened += opens ? 1 : 0;
  }
}
