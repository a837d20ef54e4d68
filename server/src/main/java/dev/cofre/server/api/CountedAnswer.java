package dev.cofre.server.api;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.Objects;

/// A large answer on its way out: it holds its memory until it is written or given up, and is given up when it is taken too slowly.
final class CountedAnswer extends InputStream {
  private static final Cleaner CLEANER = Cleaner.create();

  private final byte[] bytes;
  private final Cleaner.Cleanable lease;
  private final Pace pace;
  private int next;

  /// Takes the lease over. It ends with this answer even if nobody closes it.
  CountedAnswer(byte[] bytes, Memory.Lease lease, Duration grace) {
    this.bytes = bytes;
    this.pace = new Pace(System::nanoTime, Pace.IN_MEMORY, grace);
    this.lease = CLEANER.register(this, lease::close);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (next == bytes.length) {
      lease.clean();
      return -1;
    }
    if (pace.isTooSlow(0)) {
      lease.clean();
      throw new IOException("the answer is taken too slowly");
    }
    int count = Math.min(length, bytes.length - next);
    System.arraycopy(bytes, next, target, offset, count);
    next += count;
    pace.isTooSlow(count);
    return count;
  }

  @Override
  public int available() {
    return bytes.length - next;
  }

  @Override
  public void close() {
    lease.clean();
  }
}
