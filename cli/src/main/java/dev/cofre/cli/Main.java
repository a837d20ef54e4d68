package dev.cofre.cli;

import dev.cofre.cli.command.Invocation;
import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Shell;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Where the program starts.
public final class Main {
  private static final int CLEANING_SECONDS = 5;

  private Main() {}

  /// Runs one command in the given surroundings and returns its exit code. Leaves the process as it was, so that several
  /// commands can run in one.
  public static int run(String[] args, Shell shell) {
    return new Invocation(List.of(args), shell).run().code();
  }

  /// Runs one command in the process's own surroundings. Ctrl-C interrupts the command, which cleans up; the process then
  /// ends with 130.
  public static void main(String[] args) {
    Thread command = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Thread onSignal =
        Thread.ofPlatform()
            .unstarted(() -> {
              command.interrupt();
              await(ended);
            });
    Runtime.getRuntime().addShutdownHook(onSignal);
    int code = Exit.UNEXPECTED.code();
    try {
      code = run(args, Shell.ofProcess(InstantSource.system()));
    } finally {
      ended.countDown();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException e) {
      return;
    }
    System.exit(code);
  }

  private static void await(CountDownLatch ended) {
    try {
      boolean clean = ended.await(CLEANING_SECONDS, TimeUnit.SECONDS);
      if (!clean) {
        System.err.println();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
