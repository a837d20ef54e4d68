package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/// Stored bytes on their way out.
final class ContentWriterTest {
  private static final int LENGTH = 3 * ContentWriter.LARGE + 1;

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ContentWriter writer = new ContentWriter(executor);
  private final AtomicInteger closed = new AtomicInteger();

  @AfterEach
  void close() {
    executor.close();
  }

  private Content content() {
    return new Content(
        new ByteArrayInputStream(new byte[LENGTH]) {
          @Override
          public void close() {
            closed.incrementAndGet();
          }
        });
  }

  /// A connection that takes one piece when told.
  private static final class Reader extends BaseSubscriber<byte[]> {
    private final Queue<byte[]> pieces = new ConcurrentLinkedQueue<>();

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      // Nothing is asked for yet.
    }

    @Override
    protected void hookOnNext(byte[] piece) {
      pieces.add(piece);
    }

    int next() throws InterruptedException {
      request(1);
      byte[] piece;
      while ((piece = pieces.poll()) == null) {
        Thread.sleep(1);
      }
      return piece.length;
    }
  }

  /// The storage is closed by the thread that read it, after the reader has been told of the end.
  private void awaitClosed() throws InterruptedException {
    while (closed.get() == 0) {
      Thread.sleep(1);
    }
  }

  private Reader reader() {
    Reader reader = new Reader();
    writer.pieces(content()).subscribe(reader);
    return reader;
  }

  @Test
  void isSentWholeInLargePieces() throws Exception {
    List<byte[]> pieces = writer.pieces(content()).collectList().block();
    assertEquals(
        List.of(ContentWriter.LARGE, ContentWriter.LARGE, ContentWriter.LARGE, 1),
        pieces.stream().map(piece -> piece.length).toList());
    awaitClosed();
    assertEquals(1, closed.get());
  }

  @Test
  void onlySoManyAreSentInLargePiecesAtATime() throws Exception {
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < ContentWriter.WIDE; i++) {
      readers.add(reader());
      assertEquals(ContentWriter.LARGE, readers.getLast().next());
    }
    Reader late = reader();
    assertEquals(ContentWriter.SMALL, late.next());
    readers.getFirst().cancel();
    awaitClosed();
    assertEquals(ContentWriter.LARGE, reader().next());
    assertEquals(ContentWriter.SMALL, late.next());
  }

  @Test
  void aStorageThatFailsEndsTheAnswer() throws Exception {
    Content broken =
        new Content(
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("as told");
              }

              @Override
              public void close() {
                closed.incrementAndGet();
              }
            });
    RuntimeException failure =
        assertThrows(RuntimeException.class, () -> writer.pieces(broken).blockLast());
    assertTrue(failure.getCause() instanceof IOException, failure::toString);
    awaitClosed();
    assertEquals(1, closed.get());
  }
}
