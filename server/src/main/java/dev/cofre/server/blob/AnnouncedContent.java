package dev.cofre.server.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// Content of an announced length, copied once. Remembers whether a failure came from the content, so that the sender's
/// failure is not mistaken for the store's.
final class AnnouncedContent {
  private static final int BUFFER = 64 * 1024;

  private final InputStream content;
  private final long length;
  private Optional<IOException> failure = Optional.empty();
  private boolean used;

  AnnouncedContent(InputStream content, long length) {
    PartTag.requireLength(length);
    this.content = content;
    this.length = length;
  }

  /// Copies exactly the announced bytes and leaves what may follow unread.
  ///
  /// @throws BlobFailure.ShortContent when the content ends early
  /// @throws IOException when reading or writing fails, or at a second call: the bytes are gone
  void copyTo(OutputStream target) throws IOException {
    if (used) {
      throw new IOException("content cannot be sent twice");
    }
    used = true;
    byte[] buffer = new byte[(int) Math.min(BUFFER, length)];
    long done = 0;
    while (done < length) {
      int wanted = (int) Math.min(buffer.length, length - done);
      fill(buffer, wanted, done);
      target.write(buffer, 0, wanted);
      done += wanted;
    }
  }

  private void fill(byte[] buffer, int wanted, long done) throws IOException {
    try {
      int read = content.readNBytes(buffer, 0, wanted);
      if (read < wanted) {
        throw new BlobFailure.ShortContent(length, done + read);
      }
    } catch (IOException e) {
      failure = Optional.of(e);
      throw e;
    }
  }

  /// The announced length in bytes.
  long length() {
    return length;
  }

  /// What the content itself failed with.
  Optional<IOException> failure() {
    return failure;
  }
}
