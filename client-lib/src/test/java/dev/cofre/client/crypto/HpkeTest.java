package dev.cofre.client.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMExtractor;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HpkeTest {
  private static final byte[] INFO = "channel".getBytes(US_ASCII);
  private static final byte[] PURPOSE = "wraps".getBytes(US_ASCII);
  private static final RandomSource RANDOM = new Random(1)::nextBytes;

  private final EncryptionKey key = EncryptionKey.generate(RANDOM);

  @Test
  void bothSidesShareTheSecret() throws Exception {
    try (Encapsulation sent = Hpke.encapsulate(key.publicKey(), INFO, PURPOSE, RANDOM);
        SecretBytes received = Hpke.decapsulate(key, sent.bytes(), INFO, PURPOSE)) {
      assertEquals(Encapsulation.LENGTH, sent.bytes().length());
      assertArrayEquals(sent.secret().toArray(), received.toArray());
    }
  }

  @Test
  @Tag("G02")
  void bindsInfoPurposeKeyAndEncapsulation() throws Exception {
    Encapsulation sent = Hpke.encapsulate(key.publicKey(), INFO, PURPOSE, RANDOM);
    byte[] secret = sent.secret().toArray();
    byte[] flipped = sent.bytes().toArray();
    flipped[7] ^= 1;
    EncryptionKey other = EncryptionKey.generate(RANDOM);
    for (SecretBytes wrong :
        new SecretBytes[] {
          Hpke.decapsulate(key, sent.bytes(), PURPOSE, PURPOSE),
          Hpke.decapsulate(key, sent.bytes(), INFO, INFO),
          Hpke.decapsulate(other, sent.bytes(), INFO, PURPOSE),
          Hpke.decapsulate(key, Bytes.of(flipped), INFO, PURPOSE)
        }) {
      assertFalse(Arrays.equals(secret, wrong.toArray()));
    }
  }

  @Test
  @Tag("G11")
  void refusesEveryOtherEncapsulationLengthAlike() {
    Set<String> told = new HashSet<>();
    for (int length = 0; length <= 1300; length++) {
      // The right length, of zeros, holds a point of low order.
      Bytes wrong = Bytes.zeros(length);
      Tampered failure =
          assertThrows(Tampered.class, () -> Hpke.decapsulate(key, wrong, INFO, PURPOSE));
      told.add(failure.getMessage() + failure.hint() + failure.getCause());
      assertThrows(Tampered.class, () -> Hpke.openFrom(key, INFO, wrong));
    }
    assertEquals(1, told.size(), told.toString());
  }

  @Test
  @Tag("B19")
  void refusesUnusablePublicKeys() {
    byte[] lowOrder = key.publicKey().toArray();
    Arrays.fill(lowOrder, 1184, 1216, (byte) 0);
    byte[] unreduced = key.publicKey().toArray();
    unreduced[0] = (byte) 0xff;
    unreduced[1] = (byte) 0xff;
    for (byte[] wrong : new byte[][] {lowOrder, unreduced, new byte[1215], new byte[1217], {}}) {
      assertThrows(Malformed.class, () -> Hpke.encapsulate(Bytes.of(wrong), INFO, PURPOSE, RANDOM));
    }
  }

  @Test
  void sealsASecretToAKey() throws Exception {
    SecretBytes seed = RANDOM.secret(32);
    Bytes sealed = Hpke.sealTo(key.publicKey(), INFO, seed, RANDOM);
    assertEquals(1168, sealed.length());
    assertArrayEquals(seed.toArray(), Hpke.openFrom(key, INFO, sealed).toArray());
    assertThrows(Tampered.class, () -> Hpke.openFrom(key, PURPOSE, sealed));
    assertThrows(Tampered.class, () -> Hpke.openFrom(key, INFO, sealed.slice(0, 1167)));
    for (int i = 0; i < sealed.length(); i += 13) {
      byte[] flipped = sealed.toArray();
      flipped[i] ^= 1;
      assertThrows(Tampered.class, () -> Hpke.openFrom(key, INFO, Bytes.of(flipped)));
    }
  }

  @Test
  void refusesAClosedKey() {
    EncryptionKey closed = EncryptionKey.generate(RANDOM);
    closed.close();
    assertThrows(
        IllegalStateException.class,
        () -> Hpke.decapsulate(closed, Bytes.zeros(1120), INFO, PURPOSE));
  }

  @Test
  void makesTheKeysOfTheDraftAndOpensItsEncapsulations() throws Exception {
    for (JsonNode vector : SharedVectors.json("xwing/test-vectors.json")) {
      byte[] seed = hex(vector, "seed");
      EncryptionKey fromSeed = EncryptionKey.fromSeed(SecretBytes.copyOf(seed));
      assertEquals(Bytes.of(hex(vector, "pk")), fromSeed.publicKey());
      XWingKEMExtractor extractor = new XWingKEMExtractor(new XWingPrivateKeyParameters(seed));
      assertArrayEquals(hex(vector, "ss"), extractor.extractSecret(hex(vector, "ct")));
      byte[] randomness = hex(vector, "eseed");
      RandomSource fixed = target -> System.arraycopy(randomness, 0, target, 0, target.length);
      assertEquals(
          Bytes.of(hex(vector, "ct")),
          Hpke.encapsulate(fromSeed.publicKey(), INFO, PURPOSE, fixed).bytes());
    }
  }

  @Test
  void opensThePublicHpkeVectorOfThisKem() throws Exception {
    int count = 0;
    for (JsonNode vector : SharedVectors.json("hpke-pq/test-vectors.json")) {
      if (vector.get("kem_id").asInt() != 0x647a || vector.get("kdf_id").asInt() != 1) {
        continue;
      }
      short aead = (short) vector.get("aead_id").asInt();
      HPKE hpke = new HPKE(HPKE.mode_base, (short) 0x647a, HPKE.kdf_HKDF_SHA256, aead);
      EncryptionKey recipient = EncryptionKey.fromSeed(SecretBytes.copyOf(hex(vector, "skRm")));
      assertEquals(Bytes.of(hex(vector, "pkRm")), recipient.publicKey());
      var context = hpke.setupBaseR(hex(vector, "enc"), recipient.expanded(), hex(vector, "info"));
      for (JsonNode export : vector.get("exports")) {
        assertArrayEquals(
            hex(export, "exported_value"),
            context.export(hex(export, "exporter_context"), export.get("L").asInt()));
        count++;
      }
    }
    assertEquals(5, count);
  }

  private static byte[] hex(JsonNode node, String field) {
    return HexFormat.of().parseHex(node.get(field).asText());
  }
}
