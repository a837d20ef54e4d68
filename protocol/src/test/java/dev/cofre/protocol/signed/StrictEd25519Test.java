package dev.cofre.protocol.signed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofre.protocol.Bytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StrictEd25519Test {
  private static final byte[] SEED = new byte[32];
  private static final byte[] MESSAGE = "a message".getBytes(UTF_8);
  private static final Bytes KEY = publicKey();
  private static final Bytes SIGNATURE = sign();

  @Test
  @Tag("B20")
  void acceptsExactly43OfTheCctvEdgeCases() throws IOException {
    JsonNode cases = SharedVectors.json("cctv/ed25519/ed25519vectors.json");
    assertEquals(914, cases.size());
    int accepted = 0;
    for (JsonNode edge : cases) {
      byte[] message = edge.get("msg").asText().getBytes(UTF_8);
      if (StrictEd25519.verify(hex(edge, "key"), message, hex(edge, "sig"))) {
        accepted++;
      }
    }
    assertEquals(43, accepted);
  }

  @Test
  @Tag("B20")
  void agreesWithWycheproof() throws IOException {
    int count = 0;
    for (JsonNode group : SharedVectors.json("wycheproof/ed25519_test.json").get("testGroups")) {
      Bytes key = hex(group.get("publicKey"), "pk");
      for (JsonNode test : group.get("tests")) {
        byte[] message = HexFormat.of().parseHex(test.get("msg").asText());
        boolean valid = StrictEd25519.verify(key, message, hex(test, "sig"));
        assertEquals(test.get("result").asText().equals("valid"), valid, test::toString);
        count++;
      }
    }
    assertTrue(count > 100);
  }

  @Test
  void acceptsAnHonestSignatureAndItsKey() {
    assertTrue(StrictEd25519.verify(KEY, MESSAGE, SIGNATURE));
    assertTrue(StrictEd25519.isAcceptableKey(KEY));
  }

  @Test
  @Tag("B20")
  void refusesEveryFlippedBit() {
    for (int bit = 0; bit < SIGNATURE.length() * 8; bit++) {
      assertFalse(StrictEd25519.verify(KEY, MESSAGE, flip(SIGNATURE, bit)));
    }
    for (int bit = 0; bit < KEY.length() * 8; bit++) {
      assertFalse(StrictEd25519.verify(flip(KEY, bit), MESSAGE, SIGNATURE));
    }
  }

  @Test
  void refusesEveryOtherLength() {
    for (int length = 0; length < 130; length++) {
      Bytes bytes = Bytes.of(Arrays.copyOf(SIGNATURE.toArray(), length));
      if (length != 64) {
        assertFalse(StrictEd25519.verify(KEY, MESSAGE, bytes));
      }
      if (length != 32) {
        assertFalse(StrictEd25519.verify(bytes, MESSAGE, SIGNATURE));
        assertFalse(StrictEd25519.isAcceptableKey(bytes));
      }
    }
  }

  @Test
  @Tag("B19")
  @Tag("B20")
  void refusesSmallOrderAndMixedOrderKeysForLogs() throws IOException {
    for (JsonNode edge : SharedVectors.json("cctv/ed25519/ed25519vectors.json")) {
      String flags = edge.get("flags").toString();
      if (flags.contains("_A")) {
        assertFalse(StrictEd25519.isAcceptableKey(hex(edge, "key")), edge::toString);
      }
    }
  }

  private static Bytes publicKey() {
    byte[] key = new byte[32];
    Ed25519.generatePublicKey(SEED, 0, key, 0);
    return Bytes.of(key);
  }

  private static Bytes sign() {
    byte[] signature = new byte[64];
    Ed25519.sign(SEED, 0, MESSAGE, 0, MESSAGE.length, signature, 0);
    return Bytes.of(signature);
  }

  private static Bytes flip(Bytes bytes, int bit) {
    byte[] flipped = bytes.toArray();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return Bytes.of(flipped);
  }

  private static Bytes hex(JsonNode node, String field) {
    return Bytes.fromHex(node.get(field).asText());
  }
}
