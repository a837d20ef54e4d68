package dev.cofre.server.api;

/// Threads of tests.
final class Threads {
  private Threads() {}

  /// Returns when a thread waits with an end in sight: for memory, or for a turn.
  static void awaitWaiting(Thread thread) throws InterruptedException {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      if (!thread.isAlive()) {
        throw new AssertionError("did not wait");
      }
      Thread.sleep(1);
    }
  }
}
