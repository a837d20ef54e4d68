package dev.cofre.client.fuzz;

import java.lang.reflect.Method;

/// How much memory a thread takes. Reached by reflection, so that no module has to be read for it.
final class Allocation {
  /// Most of both is for what the search itself takes when it looks into maps and texts: a kit of 9 KB costs 72 KB to read, and 7.6 MB while it is watched.
  private static final long BASE = 4 << 20;

  private static final long PER_BYTE = 1024;
  private static final int TRIES = 5;
  private static final Object THREADS;
  private static final Method TAKEN;

  static {
    try {
      THREADS =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      TAKEN =
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getCurrentThreadAllocatedBytes");
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Allocation() {}

  private static long taken() {
    try {
      return (long) TAKEN.invoke(THREADS);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a Java without this count", e);
    }
  }

  /// Runs an attempt that reads `length` bytes, and fails when it takes more than 4 MiB and 1 KiB for each of them, every time:
  /// the first time classes are loaded, too.
  static void requireFew(int length, Runnable attempt) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && least > BASE + PER_BYTE * length; i++) {
      long before = taken();
      attempt.run();
      least = Math.min(least, taken() - before);
    }
    if (least > BASE + PER_BYTE * length) {
      throw new IllegalStateException(least + " bytes taken to read " + length);
    }
  }
}
