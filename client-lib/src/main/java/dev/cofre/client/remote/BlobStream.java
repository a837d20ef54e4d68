package dev.cofre.client.remote;

import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Unreachable;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;

/// The raw body of an answer. The JDK's stream ends silently when a connection breaks within a body of known length; this one
/// fails, as it does on any other failure of the network, with [Unreachable].
final class BlobStream extends InputStream {
  private final HttpURLConnection connection;
  private final InputStream body;
  private final long length;
  private final Optional<Rate> rate;
  private long position;
  private boolean ended;

  /// @param length the declared length, or −1 for a body in chunks, which shows its own end
  /// @param rate how fast it may come
  BlobStream(HttpURLConnection connection, InputStream body, long length, Optional<Rate> rate) {
    this.connection = connection;
    this.body = body;
    this.length = length;
    this.rate = rate;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int maximum) throws IOException {
    Objects.checkFromIndexSize(offset, maximum, target.length);
    int count;
    try {
      count = body.read(target, offset, rate.isPresent() ? Math.min(maximum, Rate.PIECE) : maximum);
      if (rate.isPresent() && count > 0) {
        rate.get().pass(count);
      }
    } catch (IOException broken) {
      throw new StreamFailure(new Unreachable("the connection broke", broken));
    }
    if (count >= 0) {
      position += count;
      return count;
    }
    if (length >= 0 && position < length) {
      throw new StreamFailure(new Unreachable("the connection broke"));
    }
    ended = true;
    return -1;
  }

  @Override
  public void close() throws IOException {
    if (ended || position == length) {
      body.close();
    } else {
      connection.disconnect();
    }
  }
}
