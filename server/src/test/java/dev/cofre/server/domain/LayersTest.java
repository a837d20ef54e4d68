package dev.cofre.server.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.vault.Bundle;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LayersTest {
  private static final Hash OLD = Hash.sha256(new byte[] {1});
  private static final Hash NEW = Hash.sha256(new byte[] {2});

  private static Bundle.Run run(int first, int... fills) {
    byte[] wraps = new byte[fills.length * Bundle.WRAP_LENGTH];
    for (int i = 0; i < wraps.length; i++) {
      wraps[i] = (byte) fills[i / Bundle.WRAP_LENGTH];
    }
    return new Bundle.Run(7, first, Bytes.of(wraps));
  }

  @Test
  void keepsWhatOthersDoNotCover() {
    Layers layers = new Layers();
    layers.lay(OLD, List.of(run(0, 1, 2, 3, 4, 5)));
    layers.lay(NEW, List.of(run(1, 9), run(3, 8)));
    assertEquals(
        List.of(
            new Layers.Layer(OLD, List.of(run(0, 1), run(2, 3), run(4, 5))),
            new Layers.Layer(NEW, List.of(run(1, 9), run(3, 8)))),
        layers.oldestFirst());
  }

  @Test
  void forgetsWhatIsCovered() {
    Layers layers = new Layers();
    layers.lay(OLD, List.of(run(1, 1, 2)));
    layers.lay(NEW, List.of(run(0, 7, 8, 9, 10)));
    assertEquals(
        List.of(new Layers.Layer(NEW, List.of(run(0, 7, 8, 9, 10)))), layers.oldestFirst());
  }

  @Test
  void letsTheLastOfOverlappingRunsWin() {
    Layers layers = new Layers();
    layers.lay(NEW, List.of(run(2, 1, 1), run(0, 2, 2, 2)));
    assertEquals(
        List.of(new Layers.Layer(NEW, List.of(run(0, 2, 2, 2), run(3, 1)))), layers.oldestFirst());
  }

  @Test
  void keepsOnlySoMany() {
    Layers layers = new Layers();
    for (int i = 0; i < 6; i++) {
      layers.lay(OLD, List.of(run(i, i)));
    }
    assertEquals(Layers.MOST, layers.oldestFirst().size());
    assertEquals(List.of(run(5, 5)), layers.oldestFirst().getLast().runs());
  }
}
