package dev.cofre.client.format;

import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.StreamFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/// Yields the content of a frame and checks that the frame is the one that writing that content gives.
final class UnframingStream extends InputStream {
  private final InputStream frame;
  private long remaining = -1;
  private long padding;
  private boolean verified;
  private boolean failed;

  UnframingStream(InputStream frame) {
    this.frame = frame;
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
    if (failed) {
      throw malformed();
    }
    if (remaining < 0) {
      readHeader();
    }
    if (remaining > 0) {
      int count = frame.read(target, offset, (int) Math.min(length, remaining));
      if (count < 0) {
        throw malformed();
      }
      remaining -= count;
      return count;
    }
    if (!verified) {
      checkPadding();
      verified = true;
    }
    return -1;
  }

  private void readHeader() throws IOException {
    byte[] header = frame.readNBytes(PaddedFrame.HEADER_LENGTH);
    if (header.length != PaddedFrame.HEADER_LENGTH) {
      throw malformed();
    }
    long length = ByteBuffer.wrap(header).getLong();
    if (length < 0 || length > PaddedFrame.MAX_CONTENT_LENGTH) {
      throw malformed();
    }
    padding = PaddedFrame.length(length) - PaddedFrame.HEADER_LENGTH - length;
    remaining = length;
  }

  private void checkPadding() throws IOException {
    byte[] buffer = new byte[8192];
    for (int count; (count = frame.read(buffer)) >= 0; padding -= count) {
      for (int i = 0; i < count; i++) {
        if (buffer[i] != 0) {
          throw malformed();
        }
      }
    }
    if (padding != 0) {
      throw malformed();
    }
  }

  private StreamFailure malformed() {
    failed = true;
    return new StreamFailure(new Malformed("the content is not framed canonically"));
  }

  @Override
  public void close() throws IOException {
    frame.close();
  }
}
