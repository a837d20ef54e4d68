package dev.cofre.client.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.Bytes;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// No seal repeats what made another: nothing is counted, everything is drawn.
class FreshSealTest {
  private static final byte[] CONTEXT = "team/vault/file/blob".getBytes(US_ASCII);

  @Test
  @Tag("C12")
  @Tag("C13")
  void neverRepeatsASaltUnderOneKey() {
    int many = 100_000;
    Set<Bytes> headers = new HashSet<>();
    try (SecretBytes key = RandomSource.system().secret(32)) {
      for (int i = 0; i < many; i++) {
        byte[] sealed = Cobblestone.seal(key, CONTEXT, new byte[1], RandomSource.system());
        headers.add(Bytes.of(sealed, 0, Cobblestone.SALT_LENGTH));
      }
    }
    assertEquals(many, headers.size());
  }

  /// Each draw goes to the operating system: nothing of a generator lives in this process that a clone of it could repeat.
  @Test
  @Tag("C13")
  void drawsFromTheOperatingSystem() throws Exception {
    var source = SystemRandom.class.getDeclaredMethod("open");
    source.setAccessible(true);
    String algorithm = ((java.security.SecureRandom) source.invoke(null)).getAlgorithm();
    assertTrue(
        Set.of("NativePRNGNonBlocking", "Windows-PRNG").contains(algorithm), () -> algorithm);
  }

  @Test
  @Tag("A09")
  void takesNoKeyOfAnotherLength() {
    for (int length : new int[] {0, 1, 16, 24, 31, 33, 48, 64}) {
      try (SecretBytes key = RandomSource.system().secret(length)) {
        byte[] sealed = new byte[100];
        assertThrows(
            IllegalArgumentException.class,
            () -> Cobblestone.seal(key, CONTEXT, sealed, RandomSource.system()));
        assertThrows(IllegalArgumentException.class, () -> Cobblestone.open(key, CONTEXT, sealed));
        assertThrows(IllegalArgumentException.class, () -> KeyWrap.unwrap(key, Bytes.zeros(48)));
        assertThrows(IllegalArgumentException.class, () -> KeyWrap.wrap(key, key));
        assertThrows(IllegalArgumentException.class, () -> Hkdf.expand(key, CONTEXT, 32));
        assertThrows(IllegalArgumentException.class, () -> EncryptionKey.fromSeed(key));
        assertThrows(IllegalArgumentException.class, () -> SigningKey.fromSeed(key));
      }
    }
  }
}
