package dev.cofre.client.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.protocol.FileId;
import dev.cofre.protocol.RevisionId;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Which file is shown at which path.
class VaultTreeTest {
  private static final FileId A = Chronicle.file("aaaaaaaa01");
  private static final FileId B = Chronicle.file("bbbbbbbb02");
  private static final FileId B2 = Chronicle.file("bbbbbbbb03");

  private final Chronicle chronicle = new Chronicle();

  private void assertShown(Map<String, FileId> expected) {
    try (VaultIndex index = chronicle.index()) {
      VaultTree tree = new VaultTree(index);
      Map<String, FileId> shown =
          tree.files().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().file()));
      assertEquals(new TreeMap<>(expected), new TreeMap<>(shown));
      expected.forEach((path, file) -> assertEquals(path, tree.path(file).orElse("")));
    }
  }

  @Test
  @Tag("D11")
  void theOlderFileKeepsThePath() {
    chronicle.put(A, "/x.txt");
    chronicle.put(B, "/x.txt");
    assertShown(Map.of("/x.txt", A, "/x (conflict bbbbbbbb).txt", B));
    chronicle.put(A, "/x.txt");
    assertShown(Map.of("/x.txt", A, "/x (conflict bbbbbbbb).txt", B));
  }

  @Test
  void purgingAnEarlierVersionOfTheOlderOneChangesNothing() {
    RevisionId earlier = chronicle.put(A, "/x.txt");
    chronicle.put(B, "/x.txt");
    chronicle.put(A, "/x.txt");
    chronicle.purge(A, earlier);
    assertShown(Map.of("/x.txt", A, "/x (conflict bbbbbbbb).txt", B));
  }

  @Test
  void anEarlierVersionThatCannotBeReadChangesNothing() {
    chronicle.put(A);
    chronicle.put(B, "/x.txt");
    chronicle.put(A, "/x.txt");
    assertShown(Map.of("/x.txt", A, "/x (conflict bbbbbbbb).txt", B));
  }

  /// It may still be there: another file must not pass for it.
  @Test
  void aCurrentVersionThatCannotBeReadKeepsThePathEmpty() {
    chronicle.put(A, "/x.txt");
    chronicle.put(B, "/x.txt");
    RevisionId current = chronicle.put(A);
    assertShown(Map.of("/x (conflict bbbbbbbb).txt", B));
    chronicle.open(current, "/y.txt");
    assertShown(Map.of("/x.txt", B, "/y.txt", A));
  }

  @Test
  void aDeletedFileKeepsNoPath() {
    RevisionId last = chronicle.put(A, "/x.txt");
    chronicle.put(B, "/x.txt");
    chronicle.delete(A, last);
    assertShown(Map.of("/x.txt", B));
  }

  /// Somebody may choose ids and names so that every mark is taken.
  @Test
  @Tag("D11")
  void noFileIsShownInPlaceOfAnother() {
    FileId c = Chronicle.file("cccccccc04");
    FileId d = Chronicle.file("dddddddd05");
    chronicle.put(A, "/x.txt");
    chronicle.put(B, "/x.txt");
    chronicle.put(B2, "/x.txt");
    chronicle.put(c, "/x (conflict bbbbbbbb).txt");
    chronicle.put(d, "/x (conflict " + B.hex() + ").txt");
    assertShown(
        Map.of(
            "/x.txt",
            A,
            "/x (conflict bbbbbbbb).txt",
            c,
            "/x (conflict " + B.hex() + ").txt",
            d,
            "/x (conflict " + B.hex() + " 2).txt",
            B,
            "/x (conflict " + B2.hex() + ").txt",
            B2));
  }

  @Test
  void dotsOfDirectoriesAreNotThoseOfNames() {
    chronicle.put(A, "/v1.2/read me");
    chronicle.put(B, "/v1.2/read me");
    assertShown(Map.of("/v1.2/read me", A, "/v1.2/read me (conflict bbbbbbbb)", B));
  }
}
