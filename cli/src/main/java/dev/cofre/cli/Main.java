package dev.cofre.cli;

import dev.cofre.cli.command.Invocation;
import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Shell;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Where the program starts.
public final class Main {
  private static final Duration CLEANING = Duration.ofSeconds(10);

  private Main() {}

  /// Runs one command in the given surroundings and returns its exit code. Leaves the process as it was, so that several
  /// commands can run in one.
  public static int run(String[] args, Shell shell) {
    return new Invocation(List.of(args), shell).run().code();
  }

  /// Runs one command in the process's own surroundings. Ctrl-C interrupts the command, which cleans up; the process then
  /// ends with 130. The command has a virtual thread, because only that can be interrupted while it waits for the network.
  public static void main(String[] args) throws InterruptedException {
    AtomicInteger code = new AtomicInteger(Exit.UNEXPECTED.code());
    Thread command =
        Thread.ofVirtual()
            .unstarted(() -> code.set(run(args, Shell.ofProcess(InstantSource.system()))));
    Thread onSignal = Thread.ofPlatform().unstarted(() -> stop(command));
    Runtime.getRuntime().addShutdownHook(onSignal);
    command.start();
    command.join();
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException e) {
      return;
    }
    System.exit(code.get());
  }

  private static void stop(Thread command) {
    command.interrupt();
    try {
      command.join(CLEANING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
