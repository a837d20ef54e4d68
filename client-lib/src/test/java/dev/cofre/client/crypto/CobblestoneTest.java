package dev.cofre.client.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CobblestoneTest {
  private static final byte[] CONTEXT = "team/vault/file/blob".getBytes(US_ASCII);
  private static final RandomSource RANDOM = new Random(1)::nextBytes;

  private final SecretBytes key = RANDOM.secret(32);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16383, 16384, 16385, 32767, 32768, 32769, 100_000})
  void opensWhatItSealed(int length) throws Exception {
    byte[] message = RANDOM.bytes(length).toArray();
    byte[] sealed = Cobblestone.seal(key, CONTEXT, message, RANDOM);
    assertEquals(Cobblestone.sealedLength(length), sealed.length);
    assertEquals(length, Cobblestone.openedLength(sealed.length));
    assertArrayEquals(message, Cobblestone.open(key, CONTEXT, sealed));
    InputStream dribble = dribbling(message);
    byte[] streamed = Cobblestone.sealing(key, CONTEXT, dribble, RANDOM).readAllBytes();
    assertArrayEquals(
        message, Cobblestone.opening(key, CONTEXT, dribbling(streamed)).readAllBytes());
  }

  @Test
  @Tag("C01")
  @Tag("C03")
  void refusesEveryTruncationAndEveryFlippedByte() {
    byte[] sealed = Cobblestone.seal(key, CONTEXT, new byte[300], RANDOM);
    for (int i = 0; i < sealed.length; i++) {
      refuses(Arrays.copyOf(sealed, i));
      byte[] flipped = sealed.clone();
      flipped[i] ^= 1;
      refuses(flipped);
    }
  }

  @Test
  @Tag("C01")
  void refusesChangesAnywhereInALargeMessage() {
    byte[] sealed = Cobblestone.seal(key, CONTEXT, new byte[200_000], RANDOM);
    Random random = new Random(2);
    for (int i = 0; i < 10_000; i++) {
      int at = random.nextInt(sealed.length);
      int change = random.nextInt(1, 256);
      sealed[at] ^= (byte) change;
      assertThrows(Tampered.class, () -> Cobblestone.open(key, CONTEXT, sealed));
      sealed[at] ^= (byte) change;
    }
  }

  @Test
  @Tag("C03")
  @Tag("C04")
  void refusesCutsAroundEveryChunkBoundary() {
    byte[] sealed = Cobblestone.seal(key, CONTEXT, new byte[3 * 16384], RANDOM);
    for (int chunk = 0; chunk <= 3; chunk++) {
      int boundary = 56 + chunk * Cobblestone.SEALED_CHUNK_LENGTH;
      for (int cut = boundary - 20; cut <= boundary + 20; cut++) {
        if (cut != sealed.length) {
          refuses(Arrays.copyOf(sealed, cut));
        }
      }
    }
  }

  @Test
  @Tag("C05")
  void refusesSwappedRepeatedAndMissingChunks() {
    byte[] sealed = Cobblestone.seal(key, CONTEXT, RANDOM.bytes(5 * 16384 + 9).toArray(), RANDOM);
    for (int a = 0; a < 5; a++) {
      refuses(join(sealed, 0, at(a), at(a + 1), sealed.length));
      refuses(join(sealed, 0, at(a + 1), at(a), sealed.length));
      for (int b = a + 1; b < 5; b++) {
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, at(a), swapped, at(b), Cobblestone.SEALED_CHUNK_LENGTH);
        refuses(swapped);
        System.arraycopy(sealed, at(b), swapped, at(a), Cobblestone.SEALED_CHUNK_LENGTH);
        refuses(swapped);
      }
    }
  }

  @Test
  @Tag("C06")
  void refusesASpliceOfTwoMessagesUnderOneKey() {
    byte[] first = Cobblestone.seal(key, CONTEXT, new byte[40_000], RANDOM);
    byte[] second = Cobblestone.seal(key, CONTEXT, new byte[40_000], RANDOM);
    for (int chunk = 0; chunk < 3; chunk++) {
      byte[] spliced = first.clone();
      System.arraycopy(second, at(chunk), spliced, at(chunk), first.length - at(chunk));
      refuses(spliced);
    }
    byte[] foreignHeader = first.clone();
    System.arraycopy(second, 0, foreignHeader, 0, 56);
    refuses(foreignHeader);
  }

  @Test
  @Tag("C04")
  void refusesTrailingBytesAndASecondLastChunk() {
    byte[] sealed = Cobblestone.seal(key, CONTEXT, new byte[20_000], RANDOM);
    for (int extra = 1; extra < 40; extra++) {
      refuses(Arrays.copyOf(sealed, sealed.length + extra));
    }
    refuses(join(sealed, 0, sealed.length, at(1), sealed.length));
  }

  @Test
  void refusesAnotherKeyAndAnotherContext() {
    byte[] sealed = Cobblestone.seal(key, CONTEXT, new byte[10], RANDOM);
    Bytes prefix = Bytes.of(sealed, 0, 56);
    assertTrue(Cobblestone.matches(key, CONTEXT, prefix));
    try (SecretBytes other = RANDOM.secret(32)) {
      assertFalse(Cobblestone.matches(other, CONTEXT, prefix));
      assertThrows(Tampered.class, () -> Cobblestone.open(other, CONTEXT, sealed));
    }
    assertFalse(Cobblestone.matches(key, new byte[0], prefix));
    assertThrows(Tampered.class, () -> Cobblestone.open(key, new byte[0], sealed));
    assertFalse(Cobblestone.matches(key, CONTEXT, Bytes.of(sealed, 0, 55)));
  }

  /// Whoever opens single chunks says how long the whole is, and each is good in its place alone.
  @Test
  @Tag("C16")
  void opensAChunkInItsPlaceOnly() throws Exception {
    byte[] message = RANDOM.bytes(50_000).toArray();
    byte[] sealed = Cobblestone.seal(key, CONTEXT, message, RANDOM);
    Bytes header = Bytes.of(sealed, 0, 56);
    byte[] target = new byte[16384];
    try (ChunkOpener whole = new ChunkOpener(key, CONTEXT, header, sealed.length);
        ChunkOpener shorter = new ChunkOpener(key, CONTEXT, header, at(3) - 1)) {
      assertEquals(4, whole.count());
      for (int chunk = 0; chunk < 4; chunk++) {
        int length = whole.sealedLength(chunk);
        int opened = whole.open(chunk, sealed, at(chunk), length, target, 0);
        assertArrayEquals(
            Arrays.copyOfRange(message, chunk * 16384, chunk * 16384 + opened),
            Arrays.copyOf(target, opened));
        for (int place = 0; place < 4; place++) {
          int other = place;
          int from = at(chunk);
          assertTrue(
              place == chunk
                  || isTampered(() -> whole.open(other, sealed, from, length, target, 0)));
        }
      }
      int cut = shorter.sealedLength(2);
      assertThrows(Tampered.class, () -> shorter.open(2, sealed, at(2), cut, target, 0));
    }
  }

  private static boolean isTampered(Executable opening) {
    assertThrows(Tampered.class, opening);
    return true;
  }

  @Test
  @Tag("C15")
  void yieldsNothingOfAChunkThatDoesNotVerify() {
    byte[] sealed = Cobblestone.seal(key, CONTEXT, new byte[40_000], RANDOM);
    sealed[sealed.length - 1] ^= 1;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OpeningStream opening = Cobblestone.opening(key, CONTEXT, new ByteArrayInputStream(sealed));
    assertThrows(StreamFailure.class, () -> opening.transferTo(out));
    assertEquals(32768, out.size());
  }

  @Test
  void sealsTheSameMessageDifferentlyEachTime() {
    byte[] first = Cobblestone.seal(key, CONTEXT, new byte[9], RandomSource.system());
    byte[] second = Cobblestone.seal(key, CONTEXT, new byte[9], RandomSource.system());
    assertFalse(Arrays.equals(first, second));
  }

  @Test
  @Tag("C17")
  void refusesLengthsThatNoMessageHas() {
    assertThrows(IllegalArgumentException.class, () -> Cobblestone.sealedLength(-1));
    assertThrows(
        IllegalArgumentException.class, () -> Cobblestone.sealedLength(Cobblestone.MAX_LENGTH + 1));
    for (long length : new long[] {Long.MIN_VALUE, -1, 0, 55, 56, 71, 56 + 16400, Long.MAX_VALUE}) {
      assertThrows(Tampered.class, () -> Cobblestone.openedLength(length));
    }
  }

  @Test
  void failsForGoodWhenItsSourceFails() {
    InputStream failing =
        new InputStream() {
          private int left = 20_000;

          @Override
          public int read() throws IOException {
            if (left-- <= 0) {
              throw new IOException("cable pulled");
            }
            return 0;
          }
        };
    SealingStream sealing = Cobblestone.sealing(key, CONTEXT, failing, RANDOM);
    assertThrows(IOException.class, sealing::readAllBytes);
    assertThrows(IOException.class, sealing::read);
  }

  private void refuses(byte[] sealed) {
    assertThrows(Tampered.class, () -> Cobblestone.open(key, CONTEXT, sealed));
    OpeningStream opening = Cobblestone.opening(key, CONTEXT, new ByteArrayInputStream(sealed));
    assertThrows(StreamFailure.class, opening::readAllBytes);
  }

  private static int at(int chunk) {
    return 56 + chunk * Cobblestone.SEALED_CHUNK_LENGTH;
  }

  private static byte[] join(byte[] bytes, int from, int to, int again, int end) {
    byte[] joined = Arrays.copyOfRange(bytes, from, to - from + end - again);
    System.arraycopy(bytes, again, joined, to - from, end - again);
    return joined;
  }

  private static InputStream dribbling(byte[] bytes) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(length, 777));
      }
    };
  }
}
