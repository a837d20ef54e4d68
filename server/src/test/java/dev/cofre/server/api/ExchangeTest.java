package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.server.access.Limits;
import dev.cofre.server.domain.Refusal;
import java.io.InputStream;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Answers that wait for their memory, where one is made at a time and there is room for one.
final class ExchangeTest {
  private static final int LENGTH = 2000 * Bundle.WRAP_LENGTH;
  private static final Codec<Bundle.Run> LARGE = Codec.of(Bundle.Run.class);
  private static final Bytes ANA = Bytes.of((byte) 1);
  private static final Bytes RUI = Bytes.of((byte) 2);
  private static final Bytes EVA = Bytes.of((byte) 3);

  private final AtomicInteger made = new AtomicInteger();
  private final Exchange exchange =
      new Exchange(Limits.USUAL, new Memory(LENGTH + 100, LENGTH + 100), 1);

  private InputStream ask(Bytes holder) {
    return exchange
        .page(
            holder,
            LARGE,
            () -> {
              made.incrementAndGet();
              return new Bundle.Run(1, 0, Bytes.zeros(LENGTH));
            })
        .getBody(InputStream.class)
        .orElseThrow();
  }

  /// Asks in a thread of its own, which waits.
  private Future<InputStream> asks(Bytes holder) throws InterruptedException {
    FutureTask<InputStream> task = new FutureTask<>(() -> ask(holder));
    Threads.awaitWaiting(Thread.ofPlatform().start(task));
    return task;
  }

  @Test
  void isMadeOnlyWhenWhatWasMadeBeforeItHasItsMemory() throws Exception {
    InputStream first = ask(ANA);
    Future<InputStream> second = asks(RUI);
    Future<InputStream> third = asks(EVA);
    assertEquals(2, made.get());
    first.close();
    second.get().close();
    third.get().close();
    assertEquals(3, made.get());
  }

  @Test
  void givesItsTurnBackWhenItIsRefusedMemory() throws Exception {
    InputStream first = ask(ANA);
    assertEquals(Problem.RATE_LIMITED, assertThrows(Refusal.class, () -> ask(ANA)).problem());
    Future<InputStream> other = asks(RUI);
    first.close();
    assertTrue(other.get().readAllBytes().length > LENGTH);
  }
}
