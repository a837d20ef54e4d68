package dev.cofre.server.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskSpaceTest {
  private final AtomicLong usable = new AtomicLong(1L << 40);
  private final DiskSpace space = new DiskSpace(usable::get);

  private <T extends IOException> T fails(Class<T> type, IOException how) {
    return assertThrows(
        type,
        () ->
            space.finish(() -> {
              throw how;
            }));
  }

  @Test
  void aDiskThatFillsInTheMiddleIsKnownByItsWordsInAnyLanguageOrByItsRoom() {
    for (String words :
        List.of("No space left on device", "Disk quota exceeded", "Não há espaço disponível")) {
      fails(BlobFailure.Full.class, new IOException(words));
    }
    IOException strange = new IOException("EI TILAA");
    assertSame(strange, fails(IOException.class, strange));
    usable.set(4096);
    fails(BlobFailure.Full.class, strange);
  }

  @Test
  void countsWhatOthersAreWriting() throws IOException {
    usable.set(DiskSpace.RESERVE + 10);
    int all =
        space.write(
            6,
            () -> {
              assertThrows(BlobFailure.Full.class, () -> space.write(4, () -> 1));
              return space.write(3, () -> 2);
            });
    assertEquals(2, all);
    assertEquals(3, space.write(9, () -> 3));
  }

  @Test
  void isLowWhenOnlyTheReserveIsLeft(@TempDir Path directory) {
    assertFalse(space.isLow());
    usable.set(DiskSpace.RESERVE);
    assertTrue(space.isLow());
    DiskSpace.of(directory).isLow();
  }
}
