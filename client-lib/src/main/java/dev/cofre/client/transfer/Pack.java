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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Small contents on their way into one object, which is one part of an upload. Owns their keys until it is sent; closing one that is not
/// wipes them.
final class Pack implements AutoCloseable {
  private static final int LENGTH = Uploads.PART_SIZE;
  private static final int FIRST = 64 << 10;
  private static final int MOST = 4096;

  private final RandomSource random;
  private final Sealing sealing;
  private final List<Uploader.Result.Stored> contents = new ArrayList<>();
  private final List<Uploads.Blob> blobs = new ArrayList<>();
  private byte[] bytes = new byte[FIRST];
  private int length;
  private boolean sent;

  Pack(RandomSource random, Sealing sealing) {
    this.random = random;
    this.sealing = sealing;
  }

  boolean isEmpty() {
    return contents.isEmpty();
  }

  /// Whether there is room for a content of so many bytes.
  boolean takes(long more) {
    return length + PaddedFrame.sealedLength(more) <= LENGTH && blobs.size() < MOST;
  }

  /// Seals a content for which there is room.
  ///
  /// @throws LocalState when it cannot be read, or changes meanwhile: then nothing of it is here
  void add(Source source, FileFacts facts) throws CofreException {
    BlobId blob = new BlobId(random.bytes(BlobId.LENGTH));
    SecretBytes key = random.secret(32);
    boolean added = false;
    try (SealedContent sealed = sealing.seal(source, facts, blob, key, random)) {
      makeRoom((int) sealed.sealedLength());
      int count = sealed.readNBytes(bytes, length, (int) sealed.sealedLength());
      if (count < sealed.sealedLength() || sealed.read() >= 0) {
        throw new IllegalStateException("a sealed content of another length");
      }
      facts.requireUnchanged(source.path());
      Bytes hash = Sealing.hash(sealed);
      length += count;
      blobs.add(new Uploads.Blob(blob, count));
      contents.add(
          new Uploader.Result.Stored(
              source, new Uploaded(source.file(), blob, key, facts, hash, count)));
      added = true;
    } catch (StreamFailure carried) {
      throw carried.failure();
    } catch (IOException e) {
      throw new LocalState(LocalState.Kind.FILE, "cannot read " + source.path(), e);
    } finally {
      if (!added) {
        key.close();
      }
    }
  }

  private void makeRoom(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(LENGTH, Math.max(length + more, 4 * bytes.length)));
    }
  }

  /// Brings the object to the server, and gives what is in it away.
  List<Uploader.Result.Stored> send(Server server, TeamId team, VaultId vault)
      throws CofreException {
    UploadId upload = new UploadId(random.bytes(UploadId.LENGTH));
    server.beginUpload(team, vault, new Uploads.Begin(upload, blobs));
    try {
      server.putPart(team, vault, upload, 1, ByteBuffer.wrap(bytes, 0, length));
      server.completeUpload(team, vault, upload);
    } catch (CofreException e) {
      abort(server, team, vault, upload);
      throw e;
    }
    sent = true;
    return contents;
  }

  private static void abort(Server server, TeamId team, VaultId vault, UploadId upload) {
    try {
      server.abortUpload(team, vault, upload);
    } catch (CofreException _) {
      // the server collects what nobody completes
    }
  }

  @Override
  public void close() {
    if (!sent) {
      contents.forEach(stored -> stored.content().close());
    }
  }
}
