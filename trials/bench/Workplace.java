package bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A temporary directory and all processes that work in it. Closing it ends the processes, the last begun first, and removes the directory.
final class Workplace implements AutoCloseable {
  /// Something that has to be undone.
  @FunctionalInterface
  interface Undoing {
    void run() throws IOException, InterruptedException;
  }

  private final Path directory;
  private final Deque<Undoing> undoings = new ArrayDeque<>();
  private final AtomicInteger logs = new AtomicInteger();
  private boolean closed;

  Workplace() throws IOException {
    String parent = System.getenv().getOrDefault("TMPDIR", "/tmp");
    directory =
        Files.createTempDirectory(
            Path.of(parent),
            "cofre-speed.",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /// A new directory of that name.
  Path directory(String name) throws IOException {
    return Files.createDirectory(directory.resolve(name));
  }

  /// A path in which nothing is yet.
  Path path(String name) {
    return directory.resolve(name);
  }

  /// A file that only its owner can read.
  Path secret(String name, String text) throws IOException {
    Path file =
        Files.createFile(
            directory.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, text + "\n");
  }

  /// Has something undone at the end, before all that was said so far.
  synchronized void undo(Undoing undoing) {
    undoings.push(undoing);
  }

  /// A process that lasts until the end, and the file its output goes to.
  record Served(Process process, Path log) {}

  /// Starts a process that lasts until the end.
  Served serve(String name, Map<String, String> environment, List<String> words)
      throws IOException {
    Path log = directory.resolve(name + ".log");
    ProcessBuilder builder = builder(environment, words, log);
    Process process = builder.start();
    undo(() -> end(process));
    return new Served(process, log);
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private ProcessBuilder builder(Map<String, String> environment, List<String> words, Path log) {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
  }

  /// How long a command took, and what it wrote.
  record Ran(double seconds, Path log) {
    String out() throws IOException {
      return Files.readString(log);
    }
  }

  /// Runs a command to its end.
  ///
  /// @throws IOException when it ends with anything but 0
  Ran run(Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    Path log = directory.resolve("run-" + logs.incrementAndGet() + ".log");
    long begun = System.nanoTime();
    int exit = builder(environment, words, log).start().waitFor();
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (exit != 0) {
      throw new IOException("exit " + exit + " of " + String.join(" ", words) + "\n" + tail(log));
    }
    return new Ran(seconds, log);
  }

  static String tail(Path log) throws IOException {
    String text = Files.readString(log);
    return text.substring(Math.max(0, text.length() - 2000));
  }

  /// A port of the loopback address that nobody listens on.
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress("127.0.0.1", 0));
      return socket.getLocalPort();
    }
  }

  /// Waits until somebody listens on a port.
  static void awaitPort(int port, Served by) throws IOException, InterruptedException {
    for (int i = 0; i < 600 && by.process().isAlive(); i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new IOException("nobody listens:\n" + tail(by.log()));
  }

  /// Removes a file or a directory with all that is in it.
  static void remove(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public synchronized void close() throws IOException, InterruptedException {
    if (closed) {
      return;
    }
    closed = true;
    boolean undone = true;
    while (!undoings.isEmpty()) {
      try {
        undoings.pop().run();
      } catch (IOException e) {
        undone = false;
        System.err.println(e.getMessage());
      }
    }
    if (undone) {
      remove(directory);
    }
  }
}
