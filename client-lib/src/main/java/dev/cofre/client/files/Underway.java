package dev.cofre.client.files;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Work that goes on in a thread of its own. Closing it ends it, if need be by an interrupt, and waits for that.
final class Underway implements AutoCloseable {
  private final FutureTask<Boolean> task;
  private final Thread thread;

  /// What is to be done.
  @FunctionalInterface
  interface Task {
    void run() throws CofreException;
  }

  Underway(Task task) {
    this.task =
        new FutureTask<>(() -> {
          task.run();
          return true;
        });
    thread = Thread.ofVirtual().start(this.task);
  }

  /// Whether it is done, or has failed.
  boolean isOver() {
    return task.isDone();
  }

  /// Waits until it is done.
  ///
  /// @throws CofreException what it failed with
  void await() throws CofreException {
    try {
      task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case CofreException failure -> throw failure;
        case RuntimeException fault -> throw fault;
        case Error fault -> throw fault;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LocalState(LocalState.Kind.BUSY, "interrupted");
    }
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    while (thread.isAlive()) {
      try {
        if (!task.isDone()) {
          thread.interrupt();
        }
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
