package dev.cofre.server.api;

import dev.cofre.protocol.api.Problem;
import dev.cofre.server.access.Limits;
import dev.cofre.server.domain.Refusal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A body that goes straight to the storage, refused when it comes too slowly. Only the time that is spent waiting for it counts.
final class PacedBody extends FilterInputStream {
  private final Pace pace;
  private long waited;

  PacedBody(InputStream body, Limits limits) {
    super(body);
    this.pace = new Pace(() -> waited, limits.slowest(), limits.grace());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long begun = System.nanoTime();
    int count = super.read(target, offset, length);
    waited += System.nanoTime() - begun;
    if (count >= 0 && pace.isTooSlow(count)) {
      throw new IOException(new Refusal(Problem.TOO_SLOW, "the part comes too slowly"));
    }
    return count;
  }
}
