package dev.cofre.client.transfer;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.format.PaddedFrame;
import dev.cofre.client.format.SealedContent;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Uploads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Seals contents and brings them to the server. Each has a content key and a blob id of its own. Small ones travel together in
/// objects of up to 16 MiB, a large one is an object of its own, read, sealed and sent part by part; memory stays at a few
/// parts whatever the length.
public final class Uploader {
  private static final int SMALL = 1 << 20;

  private final Server server;
  private final TeamId team;
  private final VaultId vault;
  private final RandomSource random;
  private final Sealing sealing;

  /// An uploader into one vault.
  public Uploader(Server server, TeamId team, VaultId vault, RandomSource random, Meter meter) {
    this.server = server;
    this.team = team;
    this.vault = vault;
    this.random = random;
    this.sealing = new Sealing(team, vault, meter);
  }

  /// Whether a content of so many bytes is an object of its own, whose upload a [Source#journal] can let go on later. Blobs up to 1 MiB
  /// travel together.
  public static boolean travelsAlone(long length) {
    return PaddedFrame.sealedLength(length) > SMALL;
  }

  /// What became of one source: one of the two is there.
  public sealed interface Result {
    /// It is on the server.
    record Stored(Source source, Uploaded content) implements Result {}

    /// It could not be read; nothing of it counts.
    record Failed(Source source, LocalState failure) implements Result {}
  }

  /// Brings all of them, in order, and hands over each result as soon as its object is complete. A source that cannot be read
  /// is a result; a server that cannot be reached ends the call.
  public void upload(List<Source> sources, Consumer<Result> results) throws CofreException {
    Pack pack = new Pack();
    for (Source source : sources) {
      try {
        FileFacts facts = FileFacts.of(source.path());
        if (travelsAlone(facts.length())) {
          results.accept(new Result.Stored(source, large(source, facts).run()));
        } else {
          pack.add(source, facts, results);
        }
      } catch (LocalState unreadable) {
        results.accept(new Result.Failed(source, unreadable));
      }
    }
    pack.send(results);
  }

  private LargeUpload large(Source source, FileFacts facts) {
    return new LargeUpload(server, team, vault, random, sealing, source, facts);
  }

  private PartSender sender(List<Uploads.Blob> blobs) throws CofreException {
    UploadId upload = new UploadId(random.bytes(UploadId.LENGTH));
    return PartSender.begin(
        server, team, vault, new Uploads.Begin(upload, blobs), Optional.empty());
  }

  /// Small contents on their way into one object.
  private final class Pack {
    private final List<Result.Stored> contents = new ArrayList<>();
    private final List<Uploads.Blob> blobs = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void add(Source source, FileFacts facts, Consumer<Result> results) throws CofreException {
      BlobId blob = new BlobId(random.bytes(BlobId.LENGTH));
      SecretBytes key = random.secret(32);
      byte[] ciphertext;
      Bytes hash;
      try (SealedContent sealed = sealing.seal(source, facts, blob, key, random)) {
        ciphertext = sealed.readAllBytes();
        facts.requireUnchanged(source.path());
        hash = Sealing.hash(sealed);
      } catch (StreamFailure carried) {
        key.close();
        throw carried.failure();
      } catch (IOException e) {
        key.close();
        throw new LocalState(LocalState.Kind.FILE, "cannot read " + source.path(), e);
      }
      if (bytes.size() + ciphertext.length > Uploads.MAX_PACK || blobs.size() == 4096) {
        send(results);
      }
      bytes.writeBytes(ciphertext);
      blobs.add(new Uploads.Blob(blob, ciphertext.length));
      contents.add(
          new Result.Stored(
              source, new Uploaded(source.file(), blob, key, facts, hash, ciphertext.length)));
    }

    void send(Consumer<Result> results) throws CofreException {
      if (contents.isEmpty()) {
        return;
      }
      try (PartSender sender = sender(List.copyOf(blobs))) {
        try {
          sender.sendAll(new ByteArrayInputStream(bytes.toByteArray()));
          sender.complete();
        } catch (IOException e) {
          throw new IllegalStateException("memory does not fail", e);
        } catch (CofreException e) {
          sender.abort();
          throw e;
        }
      }
      contents.forEach(results);
      contents.clear();
      blobs.clear();
      bytes.reset();
    }
  }
}
