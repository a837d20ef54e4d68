package dev.cofre.client.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// The 35 public vectors of Cobblestone-256, each through every way of opening.
class CobblestoneVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  @TestFactory
  @Tag("C03")
  @Tag("C04")
  @Tag("C05")
  @Tag("C16")
  @Tag("C17")
  @Tag("A09")
  List<DynamicTest> opensExactlyTheValidVectors() throws IOException {
    JsonNode file = SharedVectors.json("wycheproof/c2sp_chunked_encryption_aes_256_gcm_test.json");
    List<DynamicTest> tests =
        file.get("testGroups")
            .get(0)
            .get("tests")
            .valueStream()
            .map(t -> DynamicTest.dynamicTest(t.get("comment").asText(), () -> check(t)))
            .toList();
    assertEquals(35, tests.size());
    return tests;
  }

  private static void check(JsonNode vector) throws Exception {
    byte[] context = HEX.parseHex(vector.get("ctx").asText());
    byte[] sealed =
        new InflaterInputStream(new ByteArrayInputStream(HEX.parseHex(vector.get("ct").asText())))
            .readAllBytes();
    try (SecretBytes key = SecretBytes.taking(HEX.parseHex(vector.get("key").asText()))) {
      if (vector.get("flags").toString().contains("InvalidKeySize")) {
        assertThrows(IllegalArgumentException.class, () -> Cobblestone.open(key, context, sealed));
      } else if (vector.get("result").asText().equals("valid")) {
        opens(vector, key, context, sealed);
      } else {
        refuses(vector, key, context, sealed);
      }
    }
  }

  private static void opens(JsonNode vector, SecretBytes key, byte[] context, byte[] sealed)
      throws Exception {
    byte[] whole = Cobblestone.open(key, context, sealed);
    assertEquals(vector.get("msgLength").asInt(), whole.length);
    assertEquals(vector.get("msgSha512").asText(), sha512(whole));
    assertEquals(sealed.length, Cobblestone.sealedLength(whole.length));
    assertTrue(Cobblestone.matches(key, context, Bytes.of(sealed)));
    RandomSource salt = target -> System.arraycopy(sealed, 0, target, 0, target.length);
    assertEquals(Bytes.of(sealed), Bytes.of(Cobblestone.seal(key, context, whole, salt)));
    var opening = Cobblestone.opening(key, context, new ByteArrayInputStream(sealed));
    assertEquals(Bytes.of(whole), Bytes.of(opening.readAllBytes()));
    var sealing = Cobblestone.sealing(key, context, new ByteArrayInputStream(whole), salt);
    assertEquals(Bytes.of(sealed), Bytes.of(sealing.readAllBytes()));
  }

  private static void refuses(JsonNode vector, SecretBytes key, byte[] context, byte[] sealed)
      throws Exception {
    String flags = vector.get("flags").toString();
    assertThrows(Tampered.class, () -> Cobblestone.open(key, context, sealed));
    if (flags.contains("HeaderFailure")) {
      assertFalse(Cobblestone.matches(key, context, Bytes.of(sealed)));
    }
    ByteArrayOutputStream prefix = new ByteArrayOutputStream();
    OpeningStream opening = Cobblestone.opening(key, context, new ByteArrayInputStream(sealed));
    StreamFailure failure = assertThrows(StreamFailure.class, () -> opening.transferTo(prefix));
    assertInstanceOf(Tampered.class, failure.failure());
    assertThrows(StreamFailure.class, opening::read, "keeps failing");
    if (flags.contains("PartialPlaintext")) {
      assertEquals(vector.get("msgSha512").asText(), sha512(prefix.toByteArray()));
    } else {
      assertEquals(0, prefix.size());
    }
    opensTheLastChunkOnlyIfItIsValid(flags, key, context, sealed);
  }

  private static void opensTheLastChunkOnlyIfItIsValid(
      String flags, SecretBytes key, byte[] context, byte[] sealed) throws Exception {
    boolean opened;
    Bytes header = Bytes.of(Arrays.copyOf(sealed, Cobblestone.HEADER_LENGTH));
    try (ChunkOpener chunks = new ChunkOpener(key, context, header, sealed.length)) {
      long last = chunks.count() - 1;
      int length = chunks.sealedLength(last);
      byte[] target = new byte[Cobblestone.CHUNK_LENGTH];
      chunks.open(last, sealed, (int) chunks.offset(last), length, target, 0);
      opened = true;
    } catch (Tampered _) {
      opened = false;
    }
    assertEquals(flags.contains("ValidFinalChunk"), opened);
  }

  private static String sha512(byte[] bytes) throws Exception {
    return HEX.formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
  }
}
