package dev.cofre.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InterruptibleKeyboardTest {
  /// Answers after somebody let it.
  private static final class Slow implements Keyboard {
    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch typed = new CountDownLatch(1);

    @Override
    public Optional<String> line(String prompt) {
      reading.countDown();
      while (typed.getCount() > 0) {
        try {
          typed.await();
        } catch (InterruptedException _) {
          // as a terminal, which goes on reading
        }
      }
      return Optional.of(prompt + "answer");
    }

    @Override
    public Optional<char[]> secret(String prompt) {
      throw new IllegalStateException("broken");
    }
  }

  private final Slow slow = new Slow();
  private final Keyboard keyboard = new InterruptibleKeyboard(slow);

  @Test
  void handsAnswersOn() {
    slow.typed.countDown();
    assertEquals(Optional.of("? answer"), keyboard.line("? "));
  }

  @Test
  void stopsWaitingWhenInterrupted() throws Exception {
    Thread asking = Thread.currentThread();
    Thread.ofVirtual().start(() -> interruptOnceReading(asking));
    assertEquals(Optional.empty(), keyboard.line("? "));
    assertTrue(Thread.interrupted());
    slow.typed.countDown();
  }

  private void interruptOnceReading(Thread asking) {
    try {
      slow.reading.await();
      asking.interrupt();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void handsFailuresOn() {
    assertThrows(IllegalStateException.class, () -> keyboard.secret("? "));
  }
}
