package dev.cofre.client.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.crypto.Hpke;
import dev.cofre.client.crypto.KeyWrap;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Reads every committed vector, and seals the ones that open again to the same bytes.
class TestkitTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/testkit");

  @TestFactory
  List<DynamicTest> everyVectorGivesWhatItSays() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      List<DynamicTest> tests =
          files
              .sorted()
              .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)))
              .toList();
      assertTrue(tests.size() > 40);
      return tests;
    }
  }

  @Test
  void theGeneratorStillMakesTheCommittedVectors() throws Exception {
    for (Map.Entry<String, TestkitFile> vector : TestkitGenerator.vectors().entrySet()) {
      TestkitFile committed = TestkitFile.read(DIRECTORY.resolve(vector.getKey() + ".txt"));
      assertEquals(committed, vector.getValue(), vector.getKey());
    }
  }

  private static void check(Path path) throws Exception {
    TestkitFile file = TestkitFile.read(path);
    String outcome;
    try {
      byte[] plain = open(file);
      assertEquals(file.get("sha256"), Hashes.sha256(plain).hex());
      assertEquals(file.body(), seal(file, plain));
      outcome = "success";
    } catch (Tampered _) {
      outcome = "tampered";
    } catch (Malformed _) {
      outcome = "malformed";
    }
    assertEquals(file.get("expect"), outcome);
  }

  private static byte[] open(TestkitFile file) throws CofreException, IOException {
    try (SecretBytes key = SecretBytes.taking(file.hex("key"))) {
      return switch (file.get("kind")) {
        case "content" -> openContent(file, key);
        case "record" ->
            PaddedRecord.unpad(Cobblestone.open(key, file.hex("context"), file.body().toArray()));
        case "wrap" -> KeyWrap.unwrap(key, file.body()).toArray();
        case "secret" ->
            Hpke.openFrom(EncryptionKey.fromSeed(key), file.hex("context"), file.body()).toArray();
        default -> throw new IllegalStateException(file.get("kind"));
      };
    }
  }

  private static byte[] openContent(TestkitFile file, SecretBytes key)
      throws CofreException, IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    ContentSeal.open(
        key,
        file.hex("context"),
        new ByteArrayInputStream(file.body().toArray()),
        Long.parseLong(file.get("length")),
        Bytes.of(file.hex("sha256")),
        target);
    return target.toByteArray();
  }

  private static Bytes seal(TestkitFile file, byte[] plain) throws CofreException, IOException {
    try (SecretBytes key = SecretBytes.taking(file.hex("key"))) {
      return switch (file.get("kind")) {
        case "content" ->
            Bytes.of(
                ContentSeal.seal(
                        key,
                        file.hex("context"),
                        new ByteArrayInputStream(plain),
                        plain.length,
                        TestkitGenerator.fixed(Bytes.of(file.hex("salt"))))
                    .readAllBytes());
        case "record" ->
            Bytes.of(
                Cobblestone.seal(
                    key,
                    file.hex("context"),
                    PaddedRecord.pad(plain),
                    TestkitGenerator.fixed(Bytes.of(file.hex("salt")))));
        case "wrap" -> KeyWrap.wrap(key, SecretBytes.taking(plain));
        case "secret" ->
            Hpke.sealTo(
                EncryptionKey.fromSeed(key).publicKey(),
                file.hex("context"),
                SecretBytes.taking(plain),
                TestkitGenerator.fixed(Bytes.of(file.hex("randomness"))));
        default -> throw new IllegalStateException(file.get("kind"));
      };
    }
  }
}
