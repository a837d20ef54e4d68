package dev.cofre.client.transfer;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.protocol.BlobId;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/// A blob's ciphertext from some place on that goes on where a broken connection left it, a few times in a row.
final class PatientBlobStream extends InputStream {
  private static final int ATTEMPTS = 5;

  private final BlobSource source;
  private final BlobId blob;
  private final OptionalLong end;
  private InputStream in;
  private long position;
  private int failures;

  /// @param length of what is asked for, or nothing for all the rest
  PatientBlobStream(BlobSource source, BlobId blob, long offset, OptionalLong length)
      throws CofreException {
    this.source = source;
    this.blob = blob;
    this.position = offset;
    this.end = length.isPresent() ? OptionalLong.of(offset + length.getAsLong()) : length;
    this.in = open();
  }

  private InputStream open() throws CofreException {
    OptionalLong left =
        end.isPresent() ? OptionalLong.of(end.getAsLong() - position) : OptionalLong.empty();
    return source.open(blob, position, left);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (true) {
      try {
        int count = in.read(target, offset, length);
        if (count > 0) {
          position += count;
          failures = 0;
        }
        return count;
      } catch (StreamFailure broken) {
        if (!(broken.failure() instanceof Unreachable)
            || ++failures == ATTEMPTS
            || Thread.currentThread().isInterrupted()) {
          throw broken;
        }
        reopen();
      }
    }
  }

  private void reopen() throws IOException {
    in.close();
    try {
      in = open();
    } catch (CofreException e) {
      throw new StreamFailure(e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
