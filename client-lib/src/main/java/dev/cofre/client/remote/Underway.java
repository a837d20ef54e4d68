package dev.cofre.client.remote;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Work that goes on in a thread of its own, such as a call of the server. Closing it ends it, if need be by an interrupt, and waits for that.
///
/// @param <T> what comes of it
public final class Underway<T> implements AutoCloseable {
  private final FutureTask<T> task;
  private final Thread thread;

  /// What is to be done.
  ///
  /// @param <T> what comes of it
  @FunctionalInterface
  public interface Task<T> {
    /// Does it.
    T run() throws CofreException;
  }

  /// Begins.
  public Underway(Task<T> task) {
    this.task = new FutureTask<>(task::run);
    thread = Thread.ofVirtual().start(this.task);
  }

  /// Whether it is done, or has failed.
  public boolean isOver() {
    return task.isDone();
  }

  /// Waits until it is done.
  ///
  /// @throws CofreException what it failed with
  public T await() throws CofreException {
    try {
      return task.get();
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
