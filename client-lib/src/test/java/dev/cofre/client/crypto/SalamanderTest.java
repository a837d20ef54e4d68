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
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// One ciphertext that two keys accept, made for real. AES-GCM lets it pass; the commitment of the key does not.
@Tag("C10")
@Tag("C11")
class SalamanderTest {
  private static final RandomSource RANDOM = new Random(3)::nextBytes;
  private static final byte[] CONTEXT = "team/vault/file/blob".getBytes(US_ASCII);
  private static final String LABEL = "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0";

  private final SecretBytes ana = RANDOM.secret(32);
  private final SecretBytes rui = RANDOM.secret(32);
  private final byte[] salt = RANDOM.bytes(Cobblestone.SALT_LENGTH).toArray();
  private final byte[] forAna = derived(ana);
  private final byte[] forRui = derived(rui);

  private byte[] derived(SecretBytes key) {
    return Hkdf.expandSha512(key.toArray(), 76, LABEL.getBytes(US_ASCII), salt, CONTEXT);
  }

  private static Ghash gcm(byte[] derived) throws Exception {
    return new Ghash(Arrays.copyOf(derived, 32), Arrays.copyOfRange(derived, 32, 44));
  }

  /// A chunk whose first half Ana reads, and whose second half Rui does.
  private byte[] chunk() throws Exception {
    byte[] yes = "Rui gets the house, all of it.. ".repeat(2).getBytes(US_ASCII);
    byte[] no = "Rui gets nothing, not one brick. ".repeat(2).substring(0, 64).getBytes(US_ASCII);
    byte[] ciphertext = new byte[160];
    System.arraycopy(gcm(forAna).decrypt(yes), 0, ciphertext, 0, 64);
    byte[] shifted = new byte[128];
    System.arraycopy(no, 0, shifted, 64, 64);
    System.arraycopy(gcm(forRui).decrypt(shifted), 64, ciphertext, 64, 64);
    return Ghash.accepted(gcm(forAna), gcm(forRui), ciphertext, 9);
  }

  private byte[] message(Bytes commitment) throws Exception {
    byte[] chunk = chunk();
    byte[] sealed = Arrays.copyOf(salt, Cobblestone.HEADER_LENGTH + chunk.length);
    commitment.copyTo(sealed, Cobblestone.SALT_LENGTH);
    System.arraycopy(chunk, 0, sealed, Cobblestone.HEADER_LENGTH, chunk.length);
    return sealed;
  }

  private static Bytes commitment(byte[] derived) {
    return Bytes.of(derived, 44, 32);
  }

  /// Without a commitment the attack works: this is what the other tests defend against.
  @Test
  void isAcceptedByTheCipherUnderBothKeys() throws Exception {
    byte[] chunk = chunk();
    byte[] hers = new byte[160];
    byte[] his = new byte[160];
    try (AesGcm one = new AesGcm(Arrays.copyOf(forAna, 32));
        AesGcm other = new AesGcm(Arrays.copyOf(forRui, 32))) {
      byte[] herNonce = Arrays.copyOfRange(forAna, 32, 44);
      byte[] hisNonce = Arrays.copyOfRange(forRui, 32, 44);
      assertEquals(160, one.open(herNonce, chunk, 0, chunk.length, hers, 0));
      assertEquals(160, other.open(hisNonce, chunk, 0, chunk.length, his, 0));
    }
    assertTrue(new String(hers, US_ASCII).contains("Rui gets the house"));
    assertTrue(new String(his, US_ASCII).contains("Rui gets nothing"));
  }

  @Test
  void opensUnderTheKeyItIsCommittedToAndNoOther() throws Exception {
    byte[] hers = message(commitment(forAna));
    assertEquals(160, Cobblestone.open(ana, CONTEXT, hers).length);
    assertTrue(Cobblestone.matches(ana, CONTEXT, Bytes.of(hers)));
    refuses(rui, hers);
    byte[] his = message(commitment(forRui));
    assertEquals(160, Cobblestone.open(rui, CONTEXT, his).length);
    refuses(ana, his);
  }

  @Test
  void opensForNobodyUnderACommitmentToNeither() throws Exception {
    Bytes first = commitment(forAna).slice(0, 16);
    byte[] mixed = new byte[32];
    first.copyTo(mixed, 0);
    commitment(forRui).slice(16, 16).copyTo(mixed, 16);
    for (Bytes none : new Bytes[] {Bytes.zeros(32), Bytes.of(mixed), RANDOM.bytes(32)}) {
      refuses(ana, message(none));
      refuses(rui, message(none));
    }
  }

  private static void refuses(SecretBytes key, byte[] sealed) {
    assertThrows(Tampered.class, () -> Cobblestone.open(key, CONTEXT, sealed));
    var stream = Cobblestone.opening(key, CONTEXT, new ByteArrayInputStream(sealed));
    assertThrows(StreamFailure.class, stream::readAllBytes);
    Bytes header = Bytes.of(sealed, 0, Cobblestone.HEADER_LENGTH);
    assertThrows(Tampered.class, () -> new ChunkOpener(key, CONTEXT, header, sealed.length));
    assertFalse(Cobblestone.matches(key, CONTEXT, header));
  }

  /// A wrap commits to nothing: two channels can get two keys from one. What is sealed tells which of them is right.
  @Test
  void aWrapForTwoGivesOneOfThemAKeyThatTheRecordRefuses() throws Exception {
    byte[] zero = new byte[12];
    Ghash one = new Ghash(ana.toArray(), zero);
    Ghash other = new Ghash(rui.toArray(), zero);
    Bytes wrap = Bytes.of(Ghash.accepted(one, other, RANDOM.bytes(32).toArray(), 1));
    assertEquals(KeyWrap.LENGTH, wrap.length());
    try (SecretBytes hers = KeyWrap.unwrap(ana, wrap);
        SecretBytes his = KeyWrap.unwrap(rui, wrap)) {
      assertFalse(Arrays.equals(hers.toArray(), his.toArray()));
      byte[] sealed = Cobblestone.seal(hers, CONTEXT, new byte[256], RANDOM);
      assertArrayEquals(new byte[256], Cobblestone.open(hers, CONTEXT, sealed));
      refuses(his, sealed);
    }
  }
}
