package dev.cofre.client.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.client.failure.Malformed;
import dev.cofre.protocol.Bytes;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class Argon2Test {
  private static final Bytes SALT = Bytes.zeros(16);

  @Test
  void givesTheTagOfRfc9106() {
    byte[] password = filled(32, 1);
    byte[] tag = new byte[32];
    Argon2.generate(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(32)
            .withIterations(3)
            .withParallelism(4)
            .withSalt(filled(16, 2))
            .withSecret(filled(8, 3))
            .withAdditional(filled(12, 4))
            .build(),
        password,
        tag);
    assertEquals(
        "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659", Bytes.of(tag).hex());
  }

  @Test
  void derivesTheSameKeyFromEitherUnicodeForm() throws Exception {
    byte[] composed = derive("caf\u00e9");
    assertArrayEquals(composed, derive("cafe\u0301"));
    assertEquals(32, composed.length);
  }

  @Test
  void encodesNormalFormCInUtf8() throws Exception {
    assertArrayEquals("\u00e9\u20ac".getBytes(UTF_8), Argon2.encode("e\u0301\u20ac".toCharArray()));
    assertThrows(Malformed.class, () -> Argon2.encode(new char[] {'a', '\ud800'}));
  }

  @Test
  @Tag("A10")
  @Tag("L09")
  @Tag("M01")
  void refusesACostOutsideItsBoundsBeforeTakingMemory() {
    long[][] wrong = {
      {65_535, 3, 1}, {1_048_577, 3, 1}, {1L << 40, 3, 1}, {-1, 3, 1}, {65_536, 2, 1},
      {65_536, 17, 1}, {65_536, 3, 0}, {65_536, 3, 5}, {65_536, 1L << 32, 1}, {0, 0, 0}
    };
    for (long[] cost : wrong) {
      assertThrows(Malformed.class, () -> Argon2.Cost.read(cost[0], cost[1], cost[2]));
    }
    assertThrows(IllegalArgumentException.class, () -> new Argon2.Cost(1024, 3, 1));
  }

  @Test
  void refusesAShortSalt() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Argon2.derive("a".toCharArray(), Bytes.zeros(15), Argon2.Cost.FLOOR));
  }

  private static byte[] derive(String passphrase) throws Malformed {
    return Argon2.derive(passphrase.toCharArray(), SALT, Argon2.Cost.FLOOR).toArray();
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
