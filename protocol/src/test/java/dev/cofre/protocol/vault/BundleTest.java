package dev.cofre.protocol.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundleTest {
  private static final MemberId WHO = new MemberId(Bytes.zeros(16));

  private static Bundle.Run run(long seq, int first, int count) {
    byte[] wraps = new byte[count * Bundle.WRAP_LENGTH];
    for (int i = 0; i < wraps.length; i++) {
      wraps[i] = (byte) (i / Bundle.WRAP_LENGTH);
    }
    return new Bundle.Run(seq, first, Bytes.of(wraps));
  }

  private static Bundle bundle(Bundle.Run... runs) {
    return new Bundle(WHO, Hash.ZERO, List.of(runs));
  }

  @Test
  void countsItsWraps() {
    assertEquals(5, bundle(run(1, 0, 2), run(1, 2, 3)).wraps());
    assertEquals(3, run(1, 2, 3).count());
    assertEquals(2, run(1, 0, 3).wrap(2).at(0));
    assertEquals(Bundle.WRAP_LENGTH, run(1, 0, 3).wrap(1).length());
  }

  @Test
  void takesOnlyWholeWrapsAtPlacesThatACommitHas() {
    Bytes half = Bytes.zeros(Bundle.WRAP_LENGTH + 1);
    assertThrows(IllegalArgumentException.class, () -> new Bundle.Run(1, 0, half));
    assertThrows(IllegalArgumentException.class, () -> run(1L << 50, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> run(1, Commit.MAX_CHANGES + 1, 1));
    assertEquals((1L << 50) - 1, run((1L << 50) - 1, Commit.MAX_CHANGES, 1).seq());
  }

  @Test
  void takesRunsInOrderOnly() {
    bundle(run(1, Commit.MAX_CHANGES, 1), run(2, 0, 1));
    bundle(run(2, 0, 1), run(2, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> bundle(run(2, 0, 1), run(2, 0, 1)));
    assertThrows(IllegalArgumentException.class, () -> bundle(run(2, 1, 1), run(2, 0, 1)));
    assertThrows(
        IllegalArgumentException.class, () -> bundle(run(2, 0, 1), run(1, Commit.MAX_CHANGES, 1)));
  }
}
