package dev.cofre.client.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.protocol.FileId;
import dev.cofre.protocol.RevisionId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a vault is called, whatever order keys arrive in.
class VaultNameTest {
  private final Chronicle chronicle = new Chronicle();
  private final RevisionId first = chronicle.put(FileId.NAME);
  private final RevisionId second = chronicle.put(FileId.NAME);

  private void assertNamed(Optional<String> name, Optional<String> former) {
    try (VaultIndex index = chronicle.index()) {
      assertEquals(name, index.name());
      assertEquals(former, index.formerName());
    }
  }

  @Test
  void isTheNewestNameAlsoWhenAnOlderOneIsOpenedAfterwards() {
    chronicle.openName(second, "New");
    assertNamed(Optional.of("New"), Optional.empty());
    chronicle.openName(first, "Old");
    assertNamed(Optional.of("New"), Optional.empty());
  }

  @Test
  void isNotAnOlderNameAsLongAsTheNewestCannotBeRead() {
    assertNamed(Optional.empty(), Optional.empty());
    chronicle.openName(first, "Old");
    assertNamed(Optional.empty(), Optional.of("Old"));
    chronicle.openName(second, "New");
    assertNamed(Optional.of("New"), Optional.empty());
  }

  @Test
  void isTheNewestNameAfterTheOlderOneIsErased() {
    chronicle.openName(first, "Old");
    chronicle.openName(second, "New");
    chronicle.purge(FileId.NAME, first);
    assertNamed(Optional.of("New"), Optional.empty());
  }

  @Test
  void isUnknownWhenTheNewestIsNoName() {
    chronicle.openName(first, "Old");
    chronicle.open(second, "/file");
    assertNamed(Optional.empty(), Optional.of("Old"));
  }
}
