package dev.cofre.client.transfer;

import java.io.IOException;
import java.io.InputStream;

/// The next bytes of a stream as a stream of their own, whose end does not end the other.
final class SliceStream extends InputStream {
  private final InputStream whole;
  private long remaining;

  SliceStream(InputStream whole, long length) {
    this.whole = whole;
    this.remaining = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (remaining == 0 && length > 0) {
      return -1;
    }
    int count = whole.read(target, offset, (int) Math.min(length, remaining));
    remaining -= Math.max(0, count);
    return count;
  }

  /// Passes over what nobody has read.
  void skipRest() throws IOException {
    whole.skipNBytes(remaining);
    remaining = 0;
  }
}
