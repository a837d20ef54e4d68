package dev.cofre.cli;

import dev.cofre.cli.command.Invocation;
import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Shell;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Where the program starts.
public final class Main {
  private static final Duration TICK = Duration.ofMillis(100);

  /// Ticks after which the process ends, whatever the command does.
  private static final int CLEANING = 100;

  /// Ticks that the command may wait for the network.
  private static final int PATIENCE = 5;

  private Main() {}

  /// Runs one command in the given surroundings and returns its exit code. Leaves the process as it was, so that several
  /// commands can run in one.
  public static int run(String[] args, Shell shell) {
    return new Invocation(List.of(args), shell).run().code();
  }

  /// Runs one command in the process's own surroundings. Ctrl-C interrupts the command, which cleans up; the process then
  /// ends with 130.
  ///
  /// The command has this thread and no virtual one: those wait for the network by way of a thread for which the JVM waits 0.3 s at its end.
  /// What moves contents has virtual threads of its own, so that it can be interrupted at once; a single question to the server cannot
  /// be, and is not waited for.
  public static void main(String[] args) {
    Thread command = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Thread onSignal = Thread.ofPlatform().unstarted(() -> stop(command, ended));
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

  /// Gives the command time to clean up, but not to wait for a server that does not answer.
  private static void stop(Thread command, CountDownLatch ended) {
    command.interrupt();
    int waited = 0;
    try {
      for (int i = 0; i < CLEANING && waited < PATIENCE; i++) {
        if (ended.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        waited = waitsForTheNetwork(command) ? waited + 1 : 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean waitsForTheNetwork(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0 && stack[0].getClassName().startsWith("sun.nio.ch.");
  }
}
