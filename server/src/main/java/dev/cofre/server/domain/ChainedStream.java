package dev.cofre.server.domain;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Streams one after the other, of which one is open at a time. Read by one thread, closed by any: then nothing stays open.
final class ChainedStream extends InputStream {
  private final List<LaterStream> streams;
  private int current;

  ChainedStream(List<LaterStream> streams) {
    this.streams = List.copyOf(streams);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (current < streams.size()) {
      int count = streams.get(current).read(target, offset, length);
      if (count >= 0) {
        return count;
      }
      streams.get(current).close();
      current++;
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    IOException failed = null;
    for (LaterStream stream : streams) {
      try {
        stream.close();
      } catch (IOException e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
