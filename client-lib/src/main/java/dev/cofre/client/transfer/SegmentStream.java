package dev.cofre.client.transfer;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.format.PaddedFrame;
import dev.cofre.protocol.BlobId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A blob's ciphertext of known length from some place on, fetched in segments of which the next ones come while one is read. It ends early or
/// late where the server's blob does: who opens it notices.
final class SegmentStream extends InputStream {
  /// Bytes of a segment.
  static final int SEGMENT = 8 << 20;

  /// Segments that come while one is read. One more is held.
  static final int AHEAD = 2;

  private final BlobSource source;
  private final BlobId blob;
  private final long length;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Future<Segment>> coming = new ArrayDeque<>();
  private long asked;
  private Segment current = new Segment(new byte[0], 0, false);

  /// Bytes that have come, and whether no others may follow.
  private static final class Segment {
    private final byte[] buffer;
    private final ByteBuffer bytes;
    private final boolean isLast;

    Segment(byte[] buffer, int length, boolean isLast) {
      this.buffer = buffer;
      this.bytes = ByteBuffer.wrap(buffer, 0, length);
      this.isLast = isLast;
    }
  }

  private SegmentStream(BlobSource source, BlobId blob, long offset, long length) {
    this.source = source;
    this.blob = blob;
    this.length = length;
    this.asked = offset;
  }

  /// A blob from some place on.
  static SegmentStream of(BlobSource source, Blob blob, long offset) {
    long length = PaddedFrame.sealedLength(blob.length());
    return new SegmentStream(source, blob.id(), offset, length);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int maximum) throws IOException {
    Objects.checkFromIndexSize(offset, maximum, target.length);
    if (maximum == 0) {
      return 0;
    }
    while (!current.bytes.hasRemaining()) {
      if (current.isLast) {
        return -1;
      }
      ask(current.buffer);
      current = next();
    }
    int count = Math.min(maximum, current.bytes.remaining());
    current.bytes.get(target, offset, count);
    return count;
  }

  /// Asks for as many segments as may be on their way.
  private void ask(byte[] spent) {
    byte[] free = spent;
    while (coming.size() <= AHEAD && asked < length) {
      long first = asked;
      int wanted = (int) Math.min(SEGMENT, length - first);
      // Of the last one a byte more, which nobody should have.
      int room = first + wanted < length ? wanted : wanted + 1;
      byte[] bytes = free.length >= room ? free : new byte[room];
      free = new byte[0];
      asked = first + wanted;
      coming.add(threads.submit(() -> fetch(first, wanted, bytes)));
    }
  }

  private Segment fetch(long first, int wanted, byte[] bytes) throws CofreException, IOException {
    boolean isLast = first + wanted == length;
    OptionalLong range = isLast ? OptionalLong.empty() : OptionalLong.of(wanted);
    try (InputStream in = new PatientBlobStream(source, blob, first, range)) {
      int count = in.readNBytes(bytes, 0, isLast ? wanted + 1 : wanted);
      return new Segment(bytes, count, isLast || count < wanted);
    }
  }

  private Segment next() throws IOException {
    try {
      return coming.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StreamFailure(new Unreachable("interrupted while fetching", e));
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case CofreException failure -> throw new StreamFailure(failure);
        case IOException failure -> throw failure;
        case null, default -> throw new StreamFailure(new Unreachable("fetching failed", e));
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
