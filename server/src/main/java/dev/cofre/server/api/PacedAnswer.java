package dev.cofre.server.api;

import dev.cofre.server.access.Limits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Content on its way out of the storage, given up when it is taken too slowly. The time that the storage needs does not count.
final class PacedAnswer extends FilterInputStream {
  private final Pace pace;
  private long read;

  PacedAnswer(InputStream content, Limits limits) {
    super(content);
    this.pace = new Pace(() -> System.nanoTime() - read, limits.slowest(), limits.grace());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (pace.isTooSlow(0)) {
      throw new IOException("the answer is taken too slowly");
    }
    long begun = System.nanoTime();
    int count = super.read(target, offset, length);
    read += System.nanoTime() - begun;
    pace.isTooSlow(Math.max(0, count));
    return count;
  }
}
