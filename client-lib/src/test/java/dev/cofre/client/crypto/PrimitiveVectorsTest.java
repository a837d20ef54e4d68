package dev.cofre.client.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofre.protocol.Bytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.BiConsumer;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;

/// Wycheproof over the primitives, through our classes where we have one and through the library where it is used inside.
class PrimitiveVectorsTest {
  @Test
  void aes256Gcm() throws IOException {
    each(
        "aes_gcm_test.json",
        20,
        (group, test) -> {
          if (group.get("keySize").asInt() != 256
              || group.get("ivSize").asInt() != 96
              || hex(test, "aad").length != 0) {
            return;
          }
          byte[] message = hex(test, "msg");
          byte[] sealed = join(hex(test, "ct"), hex(test, "tag"));
          byte[] opened = new byte[message.length];
          try (AesGcm gcm = new AesGcm(hex(test, "key"))) {
            int length = gcm.open(hex(test, "iv"), sealed, 0, sealed.length, opened, 0);
            assertEquals(valid(test) ? message.length : -1, length, test::toString);
            if (valid(test)) {
              assertArrayEquals(message, opened);
              byte[] again = new byte[sealed.length];
              gcm.seal(hex(test, "iv"), message, 0, message.length, again, 0);
              assertArrayEquals(sealed, again);
            }
          }
        });
  }

  @Test
  void hkdfSha256() throws IOException {
    each(
        "hkdf_sha256_test.json",
        50,
        (_, test) -> {
          SecretBytes material = SecretBytes.taking(hex(test, "ikm"));
          int size = test.get("size").asInt();
          if (valid(test)) {
            SecretBytes derived = Hkdf.derive(hex(test, "salt"), material, hex(test, "info"), size);
            assertArrayEquals(hex(test, "okm"), derived.toArray(), test::toString);
          } else {
            assertThrows(
                IllegalArgumentException.class,
                () -> Hkdf.derive(hex(test, "salt"), material, hex(test, "info"), size));
          }
        });
  }

  @Test
  void hkdfSha512Expand() throws IOException {
    each(
        "hkdf_sha512_test.json",
        50,
        (_, test) -> {
          if (valid(test)) {
            byte[] salt = hex(test, "salt");
            byte[] prk;
            try (WipedKey key =
                new WipedKey("HmacSHA512", salt.length == 0 ? new byte[64] : salt)) {
              prk = Hmac.keyed("HmacSHA512", key).doFinal(hex(test, "ikm"));
            }
            byte[] derived = Hkdf.expandSha512(prk, test.get("size").asInt(), hex(test, "info"));
            assertArrayEquals(hex(test, "okm"), derived, test::toString);
          }
        });
  }

  @Test
  void hmacSha256() throws IOException {
    each(
        "hmac_sha256_test.json",
        50,
        (_, test) -> {
          SecretBytes key = SecretBytes.taking(hex(test, "key"));
          byte[] tag = hex(test, "tag");
          Bytes computed = Hmac.sha256(key, hex(test, "msg")).slice(0, tag.length);
          assertEquals(valid(test), computed.equals(Bytes.of(tag)), test::toString);
        });
  }

  @Test
  void x25519() throws IOException {
    each(
        "x25519_test.json",
        100,
        (_, test) -> {
          byte[] shared = new byte[32];
          boolean agreed =
              X25519.calculateAgreement(hex(test, "private"), 0, hex(test, "public"), 0, shared, 0);
          assertArrayEquals(hex(test, "shared"), shared, test::toString);
          assertEquals(!Bytes.of(shared).isZero(), agreed);
        });
  }

  @Test
  void mlKem768Keys() throws IOException {
    each(
        "mlkem_768_keygen_seed_test.json",
        10,
        (_, test) -> {
          var key = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, hex(test, "seed"));
          assertArrayEquals(hex(test, "ek"), key.getPublicKeyParameters().getEncoded());
        });
  }

  @Test
  void mlKem768Encapsulation() throws IOException {
    each(
        "mlkem_768_encaps_test.json",
        10,
        (_, test) -> {
          if (valid(test)) {
            var key = new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, hex(test, "ek"));
            var made = MLKEMGenerator.internalGenerateEncapsulated(key, hex(test, "m"));
            assertArrayEquals(hex(test, "c"), made.getEncapsulation());
            assertArrayEquals(hex(test, "K"), made.getSecret());
          } else {
            assertThrows(
                IllegalArgumentException.class,
                () -> new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, hex(test, "ek")));
          }
        });
  }

  @Test
  void mlKem768Decapsulation() throws IOException {
    each(
        "mlkem_768_test.json",
        10,
        (_, test) -> {
          byte[] encapsulation = hex(test, "c");
          if (valid(test)) {
            var key = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, hex(test, "seed"));
            assertArrayEquals(
                hex(test, "K"),
                new MLKEMExtractor(key).extractSecret(encapsulation),
                test::toString);
          }
        });
  }

  private static void each(String name, int atLeast, BiConsumer<JsonNode, JsonNode> check)
      throws IOException {
    int count = 0;
    for (JsonNode group : SharedVectors.json("wycheproof/" + name).get("testGroups")) {
      for (JsonNode test : group.get("tests")) {
        check.accept(group, test);
        count++;
      }
    }
    assertTrue(count >= atLeast);
  }

  private static boolean valid(JsonNode test) {
    return test.get("result").asText().equals("valid");
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static byte[] hex(JsonNode node, String field) {
    return HexFormat.of().parseHex(node.get(field).asText());
  }
}
