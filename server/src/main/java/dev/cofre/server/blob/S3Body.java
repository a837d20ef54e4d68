package dev.cofre.server.blob;

import io.minio.GetObjectResponse;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The body of a range request: exactly as many bytes as asked for, or a failure, whatever the store sends.
final class S3Body extends FilterInputStream {
  /// First byte, last byte and size of the object, which a store may leave unsaid.
  private static final Pattern RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/(\\*|[0-9]{1,18})");

  private long remaining;

  private S3Body(InputStream body, long length) {
    super(body);
    this.remaining = length;
  }

  /// Takes a body over, or closes it when it is announced to be another range.
  static S3Body expecting(ObjectKey key, long offset, long length, GetObjectResponse body)
      throws IOException {
    Matcher announced = RANGE.matcher(String.valueOf(body.headers().get("Content-Range")));
    boolean exact =
        announced.matches()
            && Long.parseLong(announced.group(1)) == offset
            && Long.parseLong(announced.group(2)) == offset + length - 1
            && (announced.group(3).equals("*")
                || Long.parseLong(announced.group(3)) >= offset + length);
    if (!exact) {
      body.close();
      throw new BlobFailure.OutOfRange(key, offset, length);
    }
    return new S3Body(body, length);
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
    if (remaining == 0) {
      return -1;
    }
    int read = in.read(target, offset, (int) Math.min(length, remaining));
    if (read < 0) {
      throw new EOFException("object storage ended the object early");
    }
    remaining -= read;
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(Math.min(count, remaining));
    remaining -= skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
