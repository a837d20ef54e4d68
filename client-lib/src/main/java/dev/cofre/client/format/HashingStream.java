package dev.cofre.client.format;

import dev.cofre.client.crypto.Hashes;
import dev.cofre.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;

/// Passes bytes through and hashes them.
final class HashingStream extends InputStream {
  private final InputStream source;
  private final Hashes.Running hash = Hashes.running();

  HashingStream(InputStream source) {
    this.source = source;
  }

  /// The hash of everything that was read.
  Bytes finish() {
    return hash.finish();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = source.read(target, offset, length);
    if (count > 0) {
      hash.update(target, offset, count);
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
