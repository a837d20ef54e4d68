package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Problem;
import dev.cofre.server.domain.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryTest {
  private static final Bytes ANA = Bytes.of((byte) 1);
  private static final Bytes RUI = Bytes.of((byte) 2);
  private static final Bytes EVA = Bytes.of((byte) 3);

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

  @Test
  void givesNoHolderTooMuchThatWaitedTwice() throws Exception {
    Memory memory = new Memory(100, 60);
    Memory.Lease others = memory.lease(RUI);
    others.grow(60);
    Memory.Lease rest = memory.lease(EVA);
    rest.grow(40);
    List<Problem> refused = Collections.synchronizedList(new ArrayList<>());
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      waiting.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  memory.lease(ANA).grow(40);
                } catch (Refusal refusal) {
                  refused.add(refusal.problem());
                }
              }));
    }
    for (Thread thread : waiting) {
      Threads.awaitWaiting(thread);
    }
    others.close();
    rest.close();
    for (Thread thread : waiting) {
      thread.join();
    }
    assertEquals(List.of(Problem.RATE_LIMITED), refused);
  }
}
