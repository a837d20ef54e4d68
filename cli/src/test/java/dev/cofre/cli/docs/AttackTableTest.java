package dev.cofre.cli.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The table of attacks is complete and names exactly the tests that carry each id.
final class AttackTableTest {
  private static final Path PROJECT = Path.of("..");

  @Test
  void hasARowForEachIdOfTheCatalogue() throws IOException {
    List<String> ids = AttackTable.ids();
    assertEquals(199, ids.size());
    assertEquals(ids, AttackTable.of(PROJECT).rows().stream().map(AttackTable.Row::id).toList());
  }

  @Test
  void namesTheTestsThatCarryTheId() throws IOException {
    TaggedTests tagged = TaggedTests.of(PROJECT);
    for (AttackTable.Row row : AttackTable.of(PROJECT).rows()) {
      if (row.outcome() == AttackTable.Outcome.HELD) {
        assertEquals(tagged.of(row.id()), row.tests(), () -> row.id() + ": " + cell(tagged, row));
      }
    }
  }

  @Test
  void namesTrialsThatExistAndGivesReasons() throws IOException {
    for (AttackTable.Row row : AttackTable.of(PROJECT).rows()) {
      for (String name : row.named()) {
        assertTrue(
            !name.contains("/") || Files.isRegularFile(PROJECT.resolve(name)),
            () -> row.id() + " names " + name);
      }
      String shown = row.shown();
      assertTrue(
          row.outcome() == AttackTable.Outcome.HELD
              || shown.matches("(Not applicable|Open): .{20,}\\."),
          () -> row.id() + " wants a test or a sentence: " + shown);
    }
  }

  @Test
  void knowsEveryTagThatLooksLikeAnAttack() throws IOException {
    Set<String> unknown = new TreeSet<>(TaggedTests.of(PROJECT).tags());
    unknown.removeIf(tag -> !tag.matches("[A-Z]\\d\\d"));
    AttackTable.ids().forEach(unknown::remove);
    assertEquals(Set.of(), unknown);
  }

  @Test
  void findsTagsUponMethodsAndClasses() {
    TaggedTests tests = new TaggedTests();
    tests.add(
        """
        package somewhere;

        @Tag("slow")
        final class SealTest {
          private static String make(int size) {
            return "";
          }

          @Tag("cut")
          @Tag("long")
          @ParameterizedTest
          @ValueSource(ints = {1, 2})
          void refusesACut(int at) throws Exception {
            make(at);
          }

          @Test
          void other() {}
        }
        """
            .lines()
            .toList());
    assertEquals(Set.of("SealTest.refusesACut"), tests.of("cut"));
    assertEquals(Set.of("SealTest.refusesACut"), tests.of("long"));
    assertEquals(Set.of("SealTest.other", "SealTest.refusesACut"), tests.of("slow"));
    assertEquals(tests.of("slow"), tests.all());
  }

  private static String cell(TaggedTests tagged, AttackTable.Row row) {
    return "the row is to name " + String.join(", ", tagged.of(row.id()));
  }
}
