package dev.cofre.client.format;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SealingStream;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The blob of one content as a stream of known length. A source with more or fewer bytes than declared fails the reading with
/// a [dev.cofre.client.failure.StreamFailure] of [dev.cofre.client.failure.LocalState].
public final class SealedContent extends InputStream {
  private final HashingStream hashed;
  private final SealingStream sealed;
  private final long sealedLength;
  private Optional<Bytes> hash = Optional.empty();

  SealedContent(
      SecretBytes key, byte[] context, InputStream content, long length, RandomSource random) {
    sealedLength = PaddedFrame.sealedLength(length);
    hashed = new HashingStream(content);
    sealed = Cobblestone.sealing(key, context, PaddedFrame.framing(hashed, length), random);
  }

  /// The number of bytes that this stream yields.
  public long sealedLength() {
    return sealedLength;
  }

  /// The SHA-256 of the content, present once the stream has been read to its end.
  public Optional<Bytes> contentHash() {
    return hash;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = sealed.read(target, offset, length);
    if (count < 0 && hash.isEmpty()) {
      hash = Optional.of(hashed.finish());
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    sealed.close();
  }
}
