package dev.cofre.client.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentSealTest {
  private static final byte[] CONTEXT = "team/vault/file/blob".getBytes(US_ASCII);
  private static final RandomSource RANDOM = new Random(1)::nextBytes;

  private final SecretBytes key = RANDOM.secret(32);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1016, 16375, 16376, 16377, 32760, 65528, 1_000_000})
  void opensWhatItSealed(int length) throws Exception {
    byte[] content = RANDOM.bytes(length).toArray();
    SealedContent sealing = seal(content, length);
    assertEquals(Optional.empty(), sealing.contentHash());
    byte[] blob = sealing.readAllBytes();
    assertEquals(sealing.sealedLength(), blob.length);
    assertEquals(Optional.of(Hashes.sha256(content)), sealing.contentHash());
    assertArrayEquals(content, open(blob, length, Hashes.sha256(content)));
  }

  @Test
  @Tag("C03")
  void refusesAnotherRecordedLengthOrHash() throws Exception {
    byte[] blob = seal(new byte[100], 100).readAllBytes();
    Bytes hash = Hashes.sha256(new byte[100]);
    assertThrows(Tampered.class, () -> open(blob, 99, hash));
    assertThrows(Tampered.class, () -> open(blob, 101, hash));
    assertThrows(Tampered.class, () -> open(blob, 100, Hashes.sha256(new byte[99])));
  }

  @Test
  @Tag("C01")
  @Tag("C02")
  @Tag("C03")
  void refusesEveryFlippedByteAndEveryTruncation() throws Exception {
    byte[] blob = seal(new byte[100], 100).readAllBytes();
    Bytes hash = Hashes.sha256(new byte[100]);
    for (int i = 0; i < blob.length; i++) {
      byte[] flipped = blob.clone();
      flipped[i] ^= 1;
      assertThrows(Tampered.class, () -> open(flipped, 100, hash));
      byte[] cut = Arrays.copyOf(blob, i);
      assertThrows(Tampered.class, () -> open(cut, 100, hash));
    }
  }

  @Test
  @Tag("C14")
  void refusesAPageServedInsteadOfABlob() {
    Bytes hash = Hashes.sha256();
    assertThrows(Tampered.class, () -> open("<html>".repeat(300).getBytes(US_ASCII), 0, hash));
    assertThrows(Tampered.class, () -> open(new byte[1096], 0, hash));
  }

  @Test
  @Tag("C15")
  void isVerifiedOnlyAtTheEnd() throws Exception {
    byte[] content = RANDOM.bytes(40_000).toArray();
    byte[] blob = seal(content, content.length).readAllBytes();
    OpenedContent opened =
        ContentSeal.open(
            key, CONTEXT, new ByteArrayInputStream(blob), content.length, Hashes.sha256(content));
    assertArrayEquals(content, opened.readNBytes(content.length));
    assertFalse(opened.isVerified());
    assertEquals(-1, opened.read());
    assertTrue(opened.isVerified());
  }

  @Test
  void refusesAFileThatChangedWhileItWasRead() {
    for (int actual : new int[] {0, 99, 101, 50_000}) {
      SealedContent sealing = seal(new byte[actual], 100);
      StreamFailure failure = assertThrows(StreamFailure.class, sealing::readAllBytes);
      assertInstanceOf(LocalState.class, failure.failure());
      assertThrows(IOException.class, sealing::read);
      assertEquals(Optional.empty(), sealing.contentHash());
    }
  }

  private SealedContent seal(byte[] content, long length) {
    return ContentSeal.seal(key, CONTEXT, new ByteArrayInputStream(content), length, RANDOM);
  }

  private byte[] open(byte[] blob, long length, Bytes hash) throws Exception {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    ContentSeal.open(key, CONTEXT, new ByteArrayInputStream(blob), length, hash, target);
    return target.toByteArray();
  }
}
