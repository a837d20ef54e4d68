package dev.cofre.server.domain;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/// Bytes on their way to somebody whose right to them may end meanwhile: asked again each second.
final class GuardedStream extends FilterInputStream {
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

  private final Guard guard;
  private long asked = System.nanoTime();

  /// Whether the right still stands.
  @FunctionalInterface
  interface Guard {
    /// Asks.
    ///
    /// @throws Refusal when it does not
    Object require();
  }

  GuardedStream(InputStream bytes, Guard guard) {
    super(bytes);
    this.guard = guard;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long now = System.nanoTime();
    if (now - asked >= INTERVAL) {
      asked = now;
      try {
        guard.require();
      } catch (Refusal ended) {
        throw new IOException("the right to these bytes has ended", ended);
      }
    }
    return super.read(target, offset, length);
  }
}
