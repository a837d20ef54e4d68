package dev.cofre.protocol.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.vault.VaultState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every input that is kept, once: the seeds, and whatever was ever found.
class CorpusTest {
  private static final Path ROOT = Path.of("../fuzz/corpus");
  private static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of(
          "cbor", CborTarget::fuzzerTestOneInput,
          "entries", EntriesTarget::fuzzerTestOneInput,
          "commits", CommitsTarget::fuzzerTestOneInput);

  @TestFactory
  Stream<DynamicTest> everyKeptInputIsReadOrRefused() throws IOException {
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

  @Test
  void seedsReachBehindTheRules() {
    Map<String, byte[]> entries = Seeds.entries();
    assertEquals(5, EntriesTarget.run(entries.get("vault")).head().seq());
    assertEquals(6, EntriesTarget.run(entries.get("ranks")).head().seq());
    assertEquals(4, EntriesTarget.run(entries.get("devices")).head().seq());
    assertEquals(4, EntriesTarget.run(entries.get("policy")).head().seq());
    Map<String, byte[]> commits = Seeds.commits();
    assertEquals(5, CommitsTarget.run(commits.get("file")).head().seq());
    assertEquals(2, CommitsTarget.run(commits.get("name")).head().seq());
    VaultState sent = CommitsTarget.run(commits.get("send"));
    assertEquals(5, sent.head().seq());
    assertEquals(1, sent.sends().all().size());
    assertEquals(1, CommitsTarget.run(commits.get("viewer")).head().seq());
    assertEquals(1, CommitsTarget.run(commits.get("back-dated")).head().seq());
    assertTrue(Seeds.cbor().size() > 2 * Wire.TYPES.size() - 1);
  }
}
