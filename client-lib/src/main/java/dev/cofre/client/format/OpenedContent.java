package dev.cofre.client.format;

import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;

/// The content of a blob as a stream, compared at its end with what its record says. Only [#isVerified()] tells that all of it
/// is what was written; closing early tells nothing.
public final class OpenedContent extends InputStream {
  private enum State {
    READING,
    VERIFIED,
    FAILED
  }

  private final InputStream content;
  private final long recordedLength;
  private final Bytes recordedHash;
  private final Hashes.Running hash = Hashes.running();
  private long length;
  private State state = State.READING;

  OpenedContent(InputStream content, long recordedLength, Bytes recordedHash) {
    this.content = content;
    this.recordedLength = recordedLength;
    this.recordedHash = recordedHash;
  }

  /// Whether the end was reached and everything matched.
  public boolean isVerified() {
    return state == State.VERIFIED;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int maximum) throws IOException {
    if (state == State.FAILED) {
      throw tampered();
    }
    int count = content.read(target, offset, maximum);
    if (count > 0) {
      hash.update(target, offset, count);
      length += count;
      if (length > recordedLength) {
        throw tampered();
      }
    } else if (count < 0 && state == State.READING) {
      if (length != recordedLength || !hash.finish().equals(recordedHash)) {
        throw tampered();
      }
      state = State.VERIFIED;
    }
    return count;
  }

  private StreamFailure tampered() {
    state = State.FAILED;
    return new StreamFailure(new Tampered("file content"));
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
