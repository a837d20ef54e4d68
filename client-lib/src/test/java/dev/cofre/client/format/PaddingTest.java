package dev.cofre.client.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.StreamFailure;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PaddingTest {
  @Property
  void padmeRoundsUpByAtMostTwelvePercentAndIsStable(
      @ForAll @LongRange(min = 0, max = Padme.MAX_LENGTH) long length) {
    long padded = Padme.paddedLength(length);
    assertTrue(padded >= length && padded - length <= length * 0.12);
    assertEquals(padded, Padme.paddedLength(padded));
  }

  @Test
  void padmeGivesThePublishedSteps() {
    long[][] steps = {{0, 0}, {1, 1}, {9, 10}, {1024, 1024}, {1025, 1088}, {16400, 17408}};
    for (long[] step : steps) {
      assertEquals(step[1], Padme.paddedLength(step[0]));
    }
  }

  /// The lengths that there are: told here in another way than where they are made.
  @Test
  @Tag("K04")
  void everyFrameHasOneOfTheAllowedLengths() {
    Set<Long> lengths = new TreeSet<>();
    for (long length = 0;
        length < 3_000_000;
        length = length < 70_000 ? length + 1 : length + 977) {
      long frame = PaddedFrame.length(length);
      int bits = Long.SIZE - Long.numberOfLeadingZeros(frame);
      int kept = Integer.SIZE - Integer.numberOfLeadingZeros(bits - 1) + 1;
      assertEquals(0, frame % (1L << Math.max(0, bits - kept)), "" + frame);
      assertTrue(frame >= 1024 && frame >= length + 8, "" + length);
      assertTrue(frame == 1024 || frame - length - 8 <= frame * 0.12, "" + length);
      lengths.add(frame);
    }
    assertTrue(lengths.size() < 300, lengths.size() + " lengths tell too much");
  }

  /// Names and what else a record says: of a few lengths only.
  @Test
  @Tag("K05")
  void recordsOfNamesOfAnyLengthAreOfAFewLengths() {
    Set<Integer> lengths = new TreeSet<>();
    for (int name = 1; name <= 255; name++) {
      lengths.add(PaddedRecord.length(150 + name));
    }
    assertEquals(Set.of(256, 512), lengths);
  }

  @Test
  void framesAndUnframesEveryLength() throws Exception {
    for (int length : new int[] {0, 1, 1015, 1016, 1017, 1080, 1081, 16376, 65528, 70_000}) {
      byte[] content = new byte[length];
      new Random(length).nextBytes(content);
      byte[] frame = frame(content);
      assertEquals(PaddedFrame.length(length), frame.length);
      assertArrayEquals(content, unframe(frame));
    }
    assertEquals(1024, PaddedFrame.length(0));
    assertEquals(1024, PaddedFrame.length(1016));
    assertEquals(1088, PaddedFrame.length(1017));
  }

  @Test
  @Tag("C04")
  @Tag("C17")
  void refusesEveryOtherFrame() throws Exception {
    byte[] frame = frame(new byte[300]);
    for (int i = 308; i < frame.length; i++) {
      byte[] dirty = frame.clone();
      dirty[i] = 1;
      refuses(dirty);
    }
    for (int length = 0; length < 1200; length++) {
      if (length != frame.length) {
        refuses(Arrays.copyOf(frame, length));
      }
    }
    for (long declared : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 52, 1017, 5000}) {
      byte[] wrong = frame.clone();
      ByteBuffer.wrap(wrong).putLong(declared);
      refuses(wrong);
    }
    refuses(Arrays.copyOf(frame, 2048));
  }

  @Test
  void refusesASourceThatChangedWhileItWasRead() {
    for (int actual : new int[] {0, 9, 11, 5000}) {
      InputStream framing = PaddedFrame.framing(new ByteArrayInputStream(new byte[actual]), 10);
      StreamFailure failure = assertThrows(StreamFailure.class, framing::readAllBytes);
      LocalState state = assertInstanceOf(LocalState.class, failure.failure());
      assertEquals(LocalState.Kind.FILE, state.kind());
    }
    InputStream grown = PaddedFrame.framing(new ByteArrayInputStream(new byte[1]), 0);
    assertThrows(StreamFailure.class, grown::readAllBytes);
    InputStream full = PaddedFrame.framing(new ByteArrayInputStream(new byte[1017]), 1016);
    assertThrows(StreamFailure.class, full::readAllBytes, "a frame without padding");
  }

  @Test
  void padsRecordsToMultiplesOf256() throws Exception {
    for (int length : new int[] {0, 1, 252, 253, 508, 509, 16_384}) {
      byte[] data = new byte[length];
      Arrays.fill(data, (byte) 7);
      byte[] padded = PaddedRecord.pad(data);
      assertEquals(0, padded.length % 256);
      assertArrayEquals(data, PaddedRecord.unpad(padded));
    }
    assertEquals(256, PaddedRecord.length(252));
    assertEquals(512, PaddedRecord.length(253));
    assertThrows(IllegalArgumentException.class, () -> PaddedRecord.length(16_385));
  }

  @Test
  @Tag("G08")
  void refusesEveryOtherPaddedRecord() {
    byte[] padded = PaddedRecord.pad(new byte[100]);
    for (int i = 104; i < 256; i++) {
      byte[] dirty = padded.clone();
      dirty[i] = 1;
      assertThrows(Malformed.class, () -> PaddedRecord.unpad(dirty));
    }
    for (int length = 0; length < 1024; length++) {
      byte[] resized = Arrays.copyOf(padded, length);
      if (length != 256) {
        assertThrows(Malformed.class, () -> PaddedRecord.unpad(resized));
      }
    }
    for (int declared : new int[] {-1, 253, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      byte[] wrong = padded.clone();
      ByteBuffer.wrap(wrong).putInt(declared);
      assertThrows(Malformed.class, () -> PaddedRecord.unpad(wrong));
    }
  }

  private static byte[] frame(byte[] content) throws Exception {
    return PaddedFrame.framing(new ByteArrayInputStream(content), content.length).readAllBytes();
  }

  private static byte[] unframe(byte[] frame) throws Exception {
    return PaddedFrame.unframing(new ByteArrayInputStream(frame)).readAllBytes();
  }

  private static void refuses(byte[] frame) {
    StreamFailure failure = assertThrows(StreamFailure.class, () -> unframe(frame));
    assertInstanceOf(Malformed.class, failure.failure());
  }
}
