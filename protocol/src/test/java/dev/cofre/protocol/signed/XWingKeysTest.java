package dev.cofre.protocol.signed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofre.protocol.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XWingKeysTest {
  private static final byte[] KEY =
      new XWingPrivateKeyParameters(new byte[32]).getPublicKeyParameters().getEncoded();

  @Test
  void acceptsAnHonestKey() {
    assertTrue(XWingKeys.isAcceptable(Bytes.of(KEY)));
  }

  @Test
  void acceptsTheKeysOfTheDraft() throws IOException {
    for (JsonNode vector : SharedVectors.json("xwing/test-vectors.json")) {
      assertTrue(XWingKeys.isAcceptable(Bytes.fromHex(vector.get("pk").asText())));
    }
  }

  @Test
  @Tag("B19")
  void refusesEveryOtherLength() {
    for (int length = 0; length < 1300; length++) {
      boolean accepted = XWingKeys.isAcceptable(Bytes.of(Arrays.copyOf(KEY, length)));
      assertEquals(length == KEY.length, accepted);
    }
  }

  @ParameterizedTest
  @Tag("B19")
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0900000000000000000000000000000000000000000000000000000000000080"
      })
  void refusesLowOrderAndNonCanonicalX25519(String u) {
    byte[] key = KEY.clone();
    Bytes.fromHex(u).copyTo(key, 1184);
    assertFalse(XWingKeys.isAcceptable(Bytes.of(key)));
  }

  /// Just below the prime, and below it in one byte only.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0900000000000000000000000000000000000000000000000000000000000000",
        "ebffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "fffeffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7e"
      })
  void acceptsCanonicalX25519UpToThePrime(String u) {
    byte[] key = KEY.clone();
    Bytes.fromHex(u).copyTo(key, 1184);
    assertTrue(XWingKeys.isAcceptable(Bytes.of(key)));
  }

  @Test
  @Tag("B19")
  void refusesEveryCoefficientNotBelowTheModulus() {
    for (int i = 0; i < 1152; i += 3) {
      byte[] first = KEY.clone();
      first[i] = 0x01;
      first[i + 1] = (byte) (first[i + 1] & 0xf0 | 0x0d);
      assertFalse(XWingKeys.isAcceptable(Bytes.of(first)));
      byte[] second = KEY.clone();
      second[i + 1] = (byte) (second[i + 1] & 0x0f | 0x10);
      second[i + 2] = (byte) 0xd0;
      assertFalse(XWingKeys.isAcceptable(Bytes.of(second)));
    }
  }

  @Test
  @Tag("B19")
  void refusesTheUnreducedKeysOfCctv() throws IOException {
    int count = 0;
    var file = SharedVectors.path("cctv/ml-kem/modulus/ML-KEM-768.txt.gz");
    try (var lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), US_ASCII))) {
      for (String line : lines.lines().toList()) {
        byte[] key = KEY.clone();
        Bytes.fromHex(line).copyTo(key, 0);
        assertFalse(XWingKeys.isAcceptable(Bytes.of(key)));
        count++;
      }
    }
    assertTrue(count > 100);
  }

  /// The ML-KEM half of the key, put before an X25519 half that is right.
  @Test
  @Tag("B19")
  void agreesWithWycheproofOnTheFirstHalf() throws IOException {
    Bytes half = Bytes.of(KEY, 1184, 32);
    int accepted = 0;
    int refused = 0;
    JsonNode file = SharedVectors.json("wycheproof/mlkem_768_encaps_test.json");
    for (JsonNode group : file.get("testGroups")) {
      for (JsonNode test : group.get("tests")) {
        Bytes first = Bytes.fromHex(test.get("ek").asText());
        byte[] key = Arrays.copyOf(first.toArray(), first.length() + 32);
        half.copyTo(key, first.length());
        boolean valid = test.get("result").asText().equals("valid");
        assertEquals(valid, XWingKeys.isAcceptable(Bytes.of(key)), test::toString);
        accepted += valid ? 1 : 0;
        refused += valid ? 0 : 1;
      }
    }
    assertTrue(accepted > 100 && refused > 100);
  }
}
