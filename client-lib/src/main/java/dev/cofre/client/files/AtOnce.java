package dev.cofre.client.files;

import dev.cofre.client.failure.LocalState;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Does the same for many things, a few at a time.
final class AtOnce {
  private static final int PLACES = 4;

  private AtOnce() {}

  /// Comes back when all is done. A task that throws is a fault of this program: no other begins then, and the fault is thrown here.
  static <T> void each(List<T> things, Consumer<T> task) throws LocalState {
    AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    Semaphore places = new Semaphore(PLACES);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T thing : things) {
        places.acquire();
        threads.execute(() -> {
          try {
            if (fault.get() == null) {
              task.accept(thing);
            }
          } catch (RuntimeException | Error e) {
            fault.compareAndSet(null, e);
          } finally {
            places.release();
          }
        });
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LocalState(LocalState.Kind.BUSY, "interrupted");
    }
    switch (fault.get()) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }
}
