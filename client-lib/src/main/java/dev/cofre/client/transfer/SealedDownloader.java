package dev.cofre.client.transfer;

import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.disk.DiskErrors;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.format.ContentSeal;
import dev.cofre.client.format.OpenedContent;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Fetches contents and keeps them sealed. Each is opened as it comes, and has its name only when it opened to what its record says.
public final class SealedDownloader {
  private static final int BUFFER = 64 << 10;

  private final Server server;
  private final TeamId team;
  private final VaultId vault;
  private final Meter meter;

  /// A downloader from one vault.
  public SealedDownloader(Server server, TeamId team, VaultId vault, Meter meter) {
    this.server = server;
    this.team = team;
    this.vault = vault;
    this.meter = meter;
  }

  /// Takes sealed bytes as they pass.
  @FunctionalInterface
  private interface Sink {
    void take(byte[] bytes, int offset, int count) throws LocalState;
  }

  /// Passes what is read on to a sink.
  private static final class Tapped extends FilterInputStream {
    private final Sink sink;
    private long length;

    Tapped(InputStream in, Sink sink) {
      super(in);
      this.sink = sink;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int maximum) throws IOException {
      int count = super.read(target, offset, maximum);
      if (count > 0) {
        length += count;
        try {
          sink.take(target, offset, count);
        } catch (LocalState e) {
          throw new StreamFailure(e);
        }
      }
      return count;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }

  /// Fetches a content into a file, in place of what is there. On failure there is no trace of it.
  ///
  /// @param length bytes of the sealed content, as its record says
  public HashedFile.Written fetch(Blob blob, long length, Path target) throws CofreException {
    try (HashedFile file = HashedFile.at(target)) {
      open(
          blob, length, SegmentStream.of(BlobSource.of(server, team, vault), blob, 0), file::write);
      return file.finish();
    }
  }

  /// What a file holds that was fetched earlier.
  ///
  /// @throws Tampered (or what opening it gave) when it is not this content
  public HashedFile.Written check(Blob blob, long length, Path file) throws CofreException {
    Hashes.Running hash = Hashes.running();
    try {
      open(blob, length, Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), hash::update);
    } catch (IOException e) {
      throw DiskErrors.failed("cannot read " + file, file, e);
    }
    return new HashedFile.Written(length, new Hash(hash.finish()));
  }

  private void open(Blob blob, long length, InputStream sealed, Sink sink) throws CofreException {
    byte[] buffer = new byte[BUFFER];
    Tapped tapped = new Tapped(sealed, sink);
    try (tapped;
        OpenedContent content =
            ContentSeal.open(
                blob.contentKey(),
                SealedRecords.contentContext(team, vault, blob.file(), blob.id()),
                tapped,
                blob.length(),
                blob.hash())) {
      for (int count; (count = content.read(buffer, 0, buffer.length)) >= 0; ) {
        meter.moved(count);
      }
    } catch (StreamFailure carried) {
      throw carried.failure();
    } catch (IOException e) {
      throw new LocalState(LocalState.Kind.FILE, "cannot read " + blob, e);
    }
    if (tapped.length != length) {
      throw new Tampered("file content");
    }
  }
}
