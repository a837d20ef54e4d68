package dev.cofre.client.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every input that is kept, once: the seeds, and whatever was ever found.
class CorpusTest {
  private static final Path ROOT = Path.of("../fuzz/corpus");
  private static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of(
          "blobs", BlobsTarget::fuzzerTestOneInput,
          "http", HttpTarget::fuzzerTestOneInput,
          "keystore", KeystoreTarget::fuzzerTestOneInput,
          "kit", KitTarget::fuzzerTestOneInput,
          "links", LinksTarget::fuzzerTestOneInput,
          "records", RecordsTarget::fuzzerTestOneInput);

  @AfterAll
  static void tidy() {
    KeystoreTarget.fuzzerTearDown();
  }

  @TestFactory
  Stream<DynamicTest> everyKeptInputIsReadOrRefused() {
    return TARGETS.keySet().stream().sorted().flatMap(CorpusTest::of);
  }

  private static Stream<DynamicTest> of(String target) {
    try (Stream<Path> files = Files.list(ROOT.resolve(target))) {
      return files.sorted().toList().stream()
          .map(file ->
              DynamicTest.dynamicTest(
                  target + "/" + file.getFileName(),
                  () -> TARGETS.get(target).accept(Files.readAllBytes(file))));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
