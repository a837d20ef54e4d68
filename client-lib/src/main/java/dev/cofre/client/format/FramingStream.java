package dev.cofre.client.format;

import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.StreamFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/// Yields the frame around a content whose length was declared before.
final class FramingStream extends InputStream {
  private final InputStream content;
  private final byte[] header;
  private final long contentEnd;
  private final long end;
  private long position;

  FramingStream(InputStream content, long contentLength) {
    this.content = content;
    this.end = PaddedFrame.length(contentLength);
    this.contentEnd = PaddedFrame.HEADER_LENGTH + contentLength;
    this.header = ByteBuffer.allocate(PaddedFrame.HEADER_LENGTH).putLong(contentLength).array();
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
    if (position == end) {
      return -1;
    }
    int count;
    if (position < PaddedFrame.HEADER_LENGTH) {
      count = Math.min(length, PaddedFrame.HEADER_LENGTH - (int) position);
      System.arraycopy(header, (int) position, target, offset, count);
    } else if (position < contentEnd) {
      count = content.read(target, offset, (int) Math.min(length, contentEnd - position));
      if (count < 0) {
        throw changed();
      }
    } else {
      count = (int) Math.min(length, end - position);
      Arrays.fill(target, offset, offset + count, (byte) 0);
    }
    advance(count);
    return count;
  }

  private void advance(int count) throws IOException {
    boolean wasBeforeEnd = position < contentEnd;
    position += count;
    if (wasBeforeEnd && position >= contentEnd && content.read() >= 0) {
      throw changed();
    }
  }

  private static StreamFailure changed() {
    return new StreamFailure(
        new LocalState(
            LocalState.Kind.FILE,
            "the file changed while it was read",
            "Try again when nothing writes to it."));
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
