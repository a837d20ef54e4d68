package dev.cofre.client.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// However a stream is read, it yields the same, and closes what it reads from.
class StreamsTest {
  private static final RandomSource RANDOM = new Random(3)::nextBytes;
  private static final byte[] CONTENT = content();
  private static final byte[] CONTEXT = {1};

  private final SecretBytes key = RANDOM.secret(32);

  /// All values of a byte, and more than one buffer.
  private static byte[] content() {
    byte[] bytes = new byte[9000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  /// Yields a byte or three at a time, and knows whether it was closed.
  private static final class Trickle extends FilterInputStream {
    private boolean closed;
    private int reads;

    Trickle(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return super.read(target, offset, Math.min(length, reads++ % 2 == 0 ? 1 : 3));
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /// A stream over a source.
  private interface Opening {
    InputStream over(InputStream source) throws IOException;
  }

  private static byte[] byteByByte(InputStream stream) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int next; (next = stream.read()) >= 0; ) {
      all.write(next);
    }
    assertEquals(-1, stream.read());
    assertEquals(-1, stream.read(new byte[10], 0, 10));
    return all.toByteArray();
  }

  /// In pieces that end within every part of it.
  private static byte[] inThrees(InputStream stream) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] three = new byte[5];
    for (int count; (count = stream.read(three, 1, 3)) >= 0; ) {
      all.write(three, 1, count);
    }
    return all.toByteArray();
  }

  private static void yields(byte[] expected, byte[] source, Opening opening) throws IOException {
    assertArrayEquals(expected, opening.over(new ByteArrayInputStream(source)).readAllBytes());
    assertArrayEquals(expected, byteByByte(opening.over(new ByteArrayInputStream(source))));
    assertArrayEquals(expected, inThrees(opening.over(new ByteArrayInputStream(source))));
    Trickle trickle = new Trickle(source);
    InputStream stream = opening.over(trickle);
    assertEquals(0, stream.read(new byte[4], 2, 0));
    assertArrayEquals(expected, stream.readAllBytes());
    assertFalse(trickle.closed);
    stream.close();
    assertTrue(trickle.closed);
  }

  private static byte[] frame() throws IOException {
    return PaddedFrame.framing(new ByteArrayInputStream(CONTENT), CONTENT.length).readAllBytes();
  }

  private SealedContent seal(InputStream content) {
    return ContentSeal.seal(key, CONTEXT, content, CONTENT.length, new Random(4)::nextBytes);
  }

  private OpenedContent open(InputStream blob, long length) {
    return ContentSeal.open(key, CONTEXT, blob, length, Hashes.sha256(CONTENT));
  }

  @Test
  void aFrameIsTheSameHoweverItIsRead() throws Exception {
    yields(frame(), CONTENT, source -> PaddedFrame.framing(source, CONTENT.length));
    yields(CONTENT, frame(), PaddedFrame::unframing);
  }

  @Test
  void aHashIsOfEverythingReadHoweverItIsRead() throws Exception {
    yields(CONTENT, CONTENT, HashingStream::new);
    HashingStream hashing = new HashingStream(new Trickle(CONTENT));
    byteByByte(hashing);
    assertEquals(Hashes.sha256(CONTENT), hashing.finish());
  }

  @Test
  void aBlobIsTheSameHoweverItIsRead() throws Exception {
    byte[] blob = seal(new ByteArrayInputStream(CONTENT)).readAllBytes();
    yields(blob, CONTENT, this::seal);
    yields(CONTENT, blob, source -> open(source, CONTENT.length));
    SealedContent sealing = seal(new Trickle(CONTENT));
    assertEquals(0, sealing.read(new byte[1], 0, 0));
    assertEquals(Optional.empty(), sealing.contentHash());
    byteByByte(sealing);
    assertEquals(Optional.of(Hashes.sha256(CONTENT)), sealing.contentHash());
    OpenedContent opened = open(new Trickle(blob), CONTENT.length);
    byteByByte(opened);
    assertTrue(opened.isVerified());
  }

  @Test
  void whatHasFailedStaysFailed() throws Exception {
    byte[] blob = seal(new ByteArrayInputStream(CONTENT)).readAllBytes();
    OpenedContent opened = open(new ByteArrayInputStream(blob), CONTENT.length + 1L);
    assertThrows(StreamFailure.class, opened::readAllBytes);
    assertThrows(StreamFailure.class, opened::read);
    assertFalse(opened.isVerified());
    byte[] dirty = frame();
    dirty[dirty.length - 1] = 1;
    InputStream unframing = PaddedFrame.unframing(new ByteArrayInputStream(dirty));
    assertThrows(StreamFailure.class, unframing::readAllBytes);
    assertThrows(StreamFailure.class, unframing::read);
  }

  /// Not a byte beyond the recorded length is handed out, however long the content goes on.
  @Test
  void nothingBeyondTheRecordedLengthIsHandedOut() throws Exception {
    byte[] blob = seal(new ByteArrayInputStream(CONTENT)).readAllBytes();
    OpenedContent opened = open(new ByteArrayInputStream(blob), 100);
    assertArrayEquals(Bytes.of(CONTENT, 0, 100).toArray(), opened.readNBytes(100));
    assertThrows(StreamFailure.class, opened::read);
  }

  @Test
  void theLongestContentCanBeDeclaredAndNoLonger() throws Exception {
    assertEquals(7, firstOf(PaddedFrame.MAX_CONTENT_LENGTH));
    assertThrows(StreamFailure.class, () -> firstOf(PaddedFrame.MAX_CONTENT_LENGTH + 1));
  }

  private static int firstOf(long declared) throws IOException {
    byte[] begin = ByteBuffer.allocate(9).putLong(declared).put((byte) 7).array();
    return PaddedFrame.unframing(new ByteArrayInputStream(begin)).read();
  }

  @Test
  void lengthsAreBoundedOnBothSides() {
    assertThrows(IllegalArgumentException.class, () -> Padme.paddedLength(-1));
    assertThrows(IllegalArgumentException.class, () -> Padme.paddedLength(Padme.MAX_LENGTH + 1));
    assertEquals(Padme.MAX_LENGTH, Padme.paddedLength(Padme.MAX_LENGTH));
    assertThrows(IllegalArgumentException.class, () -> PaddedFrame.length(-1));
    long longest = PaddedFrame.MAX_CONTENT_LENGTH;
    assertThrows(IllegalArgumentException.class, () -> PaddedFrame.length(longest + 1));
    assertTrue(PaddedFrame.length(longest) > longest);
    assertThrows(IllegalArgumentException.class, () -> PaddedRecord.length(-1));
  }
}
