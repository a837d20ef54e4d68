package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Problem;
import dev.cofre.server.domain.Refusal;
import org.junit.jupiter.api.Test;

final class MemoryTest {
  private static final Bytes ANA = Bytes.of((byte) 1);
  private static final Bytes RUI = Bytes.of((byte) 2);

  @Test
  void givesWhatIsGivenBackToOthers() {
    Memory memory = new Memory(100, 100);
    Memory.Lease first = memory.lease(ANA);
    first.grow(100);
    first.close();
    first.close();
    assertDoesNotThrow(() -> memory.lease(RUI).grow(100));
  }

  @Test
  void refusesAHolderWhoHasTooMuchAtOnce() {
    Memory memory = new Memory(100, 60);
    memory.lease(ANA).grow(60);
    Refusal refusal = assertThrows(Refusal.class, () -> memory.lease(ANA).grow(1));
    assertEquals(Problem.RATE_LIMITED, refusal.problem());
    assertDoesNotThrow(() -> memory.lease(RUI).grow(40));
  }

  @Test
  void refusesInTheEndWhenThereIsNone() {
    Memory memory = new Memory(100, 60);
    memory.lease(ANA).grow(60);
    Refusal refusal = assertThrows(Refusal.class, () -> memory.lease(RUI).grow(60));
    assertEquals(Problem.BUSY, refusal.problem());
  }

  @Test
  void waitsALittleForOthers() throws Exception {
    Memory memory = new Memory(100, 60);
    Memory.Lease first = memory.lease(ANA);
    first.grow(60);
    Thread later =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Thread.sleep(200);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              first.close();
            });
    assertDoesNotThrow(() -> memory.lease(RUI).grow(60));
    later.join();
  }
}
