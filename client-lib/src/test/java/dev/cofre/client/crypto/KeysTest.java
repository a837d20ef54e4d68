package dev.cofre.client.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.signed.StrictEd25519;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final RandomSource RANDOM = new Random(1)::nextBytes;

  @Test
  @Tag("A06")
  @Tag("C10")
  @Tag("A09")
  void unwrapsWhatItWrappedAndNothingElse() throws Exception {
    SecretBytes wrapping = RANDOM.secret(32);
    SecretBytes key = RANDOM.secret(32);
    Bytes wrap = KeyWrap.wrap(wrapping, key);
    assertEquals(KeyWrap.LENGTH, wrap.length());
    assertArrayEquals(key.toArray(), KeyWrap.unwrap(wrapping, wrap).toArray());
    assertThrows(Tampered.class, () -> KeyWrap.unwrap(key, wrap));
    for (int i = 0; i < wrap.length(); i++) {
      byte[] flipped = wrap.toArray();
      flipped[i] ^= 1;
      assertThrows(Tampered.class, () -> KeyWrap.unwrap(wrapping, Bytes.of(flipped)));
      Bytes cut = wrap.slice(0, i);
      assertThrows(Tampered.class, () -> KeyWrap.unwrap(wrapping, cut));
    }
    assertThrows(IllegalArgumentException.class, () -> KeyWrap.wrap(wrapping, RANDOM.secret(31)));
  }

  @Test
  void signsAsRfc8032() {
    SecretBytes seed =
        SecretBytes.taking(
            Bytes.fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
                .toArray());
    try (SigningKey key = SigningKey.fromSeed(seed)) {
      assertEquals(
          "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
          key.publicKey().hex());
      assertTrue(key.sign(new byte[0]).hex().startsWith("e5564300c360ac729086e2cc806e828a"));
      assertTrue(StrictEd25519.verify(key.publicKey(), new byte[3], key.sign(new byte[3])));
    }
  }

  @Test
  @Tag("M03")
  void printsNoKeyAndSignsNothingOnceClosed() {
    SigningKey key = SigningKey.generate(RANDOM);
    assertEquals("SigningKey[32]", key.toString());
    key.close();
    assertThrows(IllegalStateException.class, () -> key.sign(new byte[1]));
    assertEquals("EncryptionKey[32]", EncryptionKey.generate(RANDOM).toString());
  }

  @Test
  void drawsDifferentBytesFromTheSystem() {
    RandomSource system = RandomSource.system();
    assertFalse(system.bytes(32).equals(system.bytes(32)));
  }
}
