package dev.cofre.server.domain;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A stream that is opened when it is first read. Whoever asked for it may go away before that, and then nobody closes it.
/// Read by one thread, closed by any.
final class LaterStream extends InputStream {
  private final Opening opening;
  private volatile @Nullable InputStream open;
  private volatile boolean closed;

  /// Opens the bytes.
  @FunctionalInterface
  interface Opening {
    InputStream open() throws IOException;
  }

  LaterStream(Opening opening) {
    this.opening = opening;
  }

  private InputStream opened() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    InputStream known = open;
    return known == null ? keep(opening.open()) : known;
  }

  private synchronized InputStream keep(InputStream fresh) throws IOException {
    if (closed) {
      fresh.close();
      throw new IOException("closed");
    }
    open = fresh;
    return fresh;
  }

  @Override
  public int read() throws IOException {
    return opened().read();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return opened().read(target, offset, length);
  }

  @Override
  public void close() throws IOException {
    InputStream known;
    synchronized (this) {
      closed = true;
      known = open;
    }
    if (known != null) {
      known.close();
    }
  }
}
