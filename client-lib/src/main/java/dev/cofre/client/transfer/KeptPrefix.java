package dev.cofre.client.transfer;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.format.ContentSeal;
import dev.cofre.client.format.PaddedFrame;
import dev.cofre.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.OptionalLong;

/// What an interrupted download left of a content, as the beginning of its blob: sealed again in memory under the same key and salt, which
/// gives the same bytes, so that all of the blob is opened and verified as ever, and only the rest is fetched. None of what is sealed here
/// leaves this process. Where the file is not what was written there, opening the whole fails.
final class KeptPrefix {
  private final PartialFile partial;
  private final Blob blob;
  private final long chunks;

  /// @param partial holds a beginning of the content, or anything else
  KeptPrefix(PartialFile partial, Blob blob) throws IOException {
    this.partial = partial;
    this.blob = blob;
    long framed = PaddedFrame.HEADER_LENGTH + Math.min(partial.length(), blob.length());
    this.chunks = framed / Cobblestone.CHUNK_LENGTH;
  }

  /// How much of the content it is, in bytes.
  long length() {
    return Math.max(0, chunks * Cobblestone.CHUNK_LENGTH - PaddedFrame.HEADER_LENGTH);
  }

  /// The whole blob, of which what follows the prefix comes from the server.
  InputStream ciphertext(BlobSource source, byte[] context) throws CofreException {
    Bytes header = header(source);
    if (!Cobblestone.matches(blob.contentKey(), context, header)) {
      throw new Tampered("file content");
    }
    InputStream sealedAgain =
        ContentSeal.seal(
            blob.contentKey(),
            context,
            partial.content(),
            blob.length(),
            salt -> header.slice(0, Cobblestone.SALT_LENGTH).copyTo(salt, 0));
    long sealedLength = Cobblestone.HEADER_LENGTH + chunks * Cobblestone.SEALED_CHUNK_LENGTH;
    SliceStream first = new SliceStream(sealedAgain, sealedLength);
    SegmentStream rest = SegmentStream.of(source, blob, sealedLength);
    return new SequenceInputStream(first, rest) {
      @Override
      public void close() throws IOException {
        try (sealedAgain) {
          super.close();
        }
      }
    };
  }

  private Bytes header(BlobSource source) throws CofreException {
    OptionalLong length = OptionalLong.of(Cobblestone.HEADER_LENGTH);
    try (InputStream in = new PatientBlobStream(source, blob.id(), 0, length)) {
      return Bytes.of(in.readNBytes(Cobblestone.HEADER_LENGTH));
    } catch (StreamFailure carried) {
      throw carried.failure();
    } catch (IOException e) {
      throw new IllegalStateException("a blob's stream fails with StreamFailure only", e);
    }
  }
}
