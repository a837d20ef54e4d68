package dev.cofre.client.transfer;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.format.ContentSeal;
import dev.cofre.client.format.SealedContent;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;

/// Local files as streams of blobs of one vault.
record Sealing(TeamId team, VaultId vault, Meter meter) {
  /// The blob of a local file.
  ///
  /// @param salt gives the salt of the seal
  SealedContent seal(
      Source source, FileFacts facts, BlobId blob, SecretBytes key, RandomSource salt)
      throws IOException {
    InputStream in = Files.newInputStream(source.path(), LinkOption.NOFOLLOW_LINKS);
    return ContentSeal.seal(
        key,
        SealedRecords.contentContext(team, vault, source.file(), blob),
        new MeteredStream(in, meter),
        facts.length(),
        salt);
  }

  /// The hash of a content that was read to its end.
  static Bytes hash(SealedContent sealed) {
    return sealed.contentHash().orElseThrow(() -> new IllegalStateException("not at its end"));
  }

  /// Tells the meter what is read.
  private static final class MeteredStream extends FilterInputStream {
    private final Meter meter;

    MeteredStream(InputStream in, Meter meter) {
      super(in);
      this.meter = meter;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value >= 0) {
        meter.moved(1);
      }
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      if (count > 0) {
        meter.moved(count);
      }
      return count;
    }
  }
}
