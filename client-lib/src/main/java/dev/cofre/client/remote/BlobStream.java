package dev.cofre.client.remote;

import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Unreachable;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// The raw body of an answer. The JDK's stream ends silently when a connection breaks within a body of known length; this one
/// fails, as it does on any other failure of the network, with [Unreachable].
final class BlobStream extends InputStream {
  private final HttpURLConnection connection;
  private final InputStream body;
  private final long length;
  private final Optional<Rate> rate;
  private long position;
  private boolean ended;

  /// The body of an answer of which the head has been read.
  ///
  /// @param range what was asked for, from `offset` on and `wanted` bytes or the rest; nothing for the whole
  /// @param rate how fast it may come
  /// @throws Malformed when it is another part, encoded, or longer
  static BlobStream of(
      HttpURLConnection answer,
      Optional<String> range,
      long offset,
      OptionalLong wanted,
      Optional<Rate> rate)
      throws Malformed, IOException {
    long declared = answer.getContentLengthLong();
    boolean chunked = "chunked".equalsIgnoreCase(answer.getHeaderField("Transfer-Encoding"));
    if (!isTheRange(range, answer, offset)
        || (declared < 0 && !chunked)
        || (declared >= 0 && wanted.isPresent() && declared > wanted.getAsLong())) {
      answer.disconnect();
      throw new Malformed("the server's answer is not the part of the content asked for");
    }
    return new BlobStream(answer, answer.getInputStream(), declared, rate);
  }

  private static boolean isTheRange(Optional<String> asked, HttpURLConnection answer, long offset)
      throws IOException {
    if (asked.isEmpty()) {
      return answer.getResponseCode() == HttpURLConnection.HTTP_OK;
    }
    String range = answer.getHeaderField("Content-Range");
    return answer.getResponseCode() == HttpURLConnection.HTTP_PARTIAL
        && range != null
        && range.startsWith("bytes " + offset + "-");
  }

  /// What is asked for as a header, or nothing for the whole.
  static Optional<String> range(long offset, OptionalLong length) {
    if (offset == 0 && length.isEmpty()) {
      return Optional.empty();
    }
    String end = length.isPresent() ? Long.toString(offset + length.getAsLong() - 1) : "";
    return Optional.of("bytes=" + offset + "-" + end);
  }

  /// @param length the declared length, or −1 for a body in chunks, which shows its own end
  private BlobStream(
      HttpURLConnection connection, InputStream body, long length, Optional<Rate> rate) {
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
