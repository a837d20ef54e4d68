package dev.cofre.cli.demo;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Cofre server in a process of its own, from the built program, on loopback and a free port. It ends with this process: it
/// watches its standard input.
public final class ServerProcess implements AutoCloseable {
  private static final String READY = "cofre server ready on ";
  private static final String SERVER = "dev.cofre.server.Main";
  private static final String INSPECT = "dev.cofre.server.inspect.Inspect";

  private final Process process;
  private final String url;

  private ServerProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /// Starts a server and waits until it answers. Its log goes to `server.log` beside the data.
  ///
  /// @param application the directory that holds `server/target/app/lib`
  /// @throws IOException when it does not start; the message names the log
  /// @throws InterruptedException when it was told to stop meanwhile; the server has ended then
  public static ServerProcess start(Path application, Path data)
      throws IOException, InterruptedException {
    Files.createDirectories(data);
    Path log = data.resolveSibling("server.log");
    Process process =
        new ProcessBuilder(
                java(
                    application,
                    SERVER,
                    "--listen",
                    "127.0.0.1:0",
                    "--data",
                    data.toString(),
                    "--stop-with-stdin"))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    BlockingQueue<Optional<String>> said = new ArrayBlockingQueue<>(1);
    Thread.ofVirtual().start(() -> said.add(readAddress(process)));
    try {
      Optional<String> url = said.take();
      if (url.isPresent()) {
        return new ServerProcess(process, url.get());
      }
    } catch (InterruptedException e) {
      new ServerProcess(process, "").close();
      throw e;
    }
    process.destroy();
    throw new IOException("The server did not start; see " + log);
  }

  /// What it says when it is ready; nothing when it ends before.
  private static Optional<String> readAddress(Process process) {
    try {
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(READY)) {
          return Optional.of(line.substring(READY.length()).strip());
        }
      }
    } catch (IOException _) {
      // It has ended.
    }
    return Optional.empty();
  }

  /// Where it listens.
  public String url() {
    return url;
  }

  /// Stops it as an operator would, and waits; also when this thread is interrupted, because its files are in use until then.
  @Override
  public void close() throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).close();
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroy();
        process.waitFor(30, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroy();
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Everything in the server's database as text; only the beginning of it when `brief`.
  public static List<String> rows(Path application, Path data, Detail detail) throws IOException {
    List<String> words = new ArrayList<>(List.of(INSPECT, "--data", data.toString()));
    if (detail == Detail.BRIEF) {
      words.add("--brief");
    }
    Process process =
        new ProcessBuilder(java(application, words.toArray(String[]::new)))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      return out.lines().toList();
    }
  }

  /// How much to show.
  public enum Detail {
    /// A few rows, the first bytes of each.
    BRIEF,
    /// All of it.
    WHOLE
  }

  private static List<String> java(Path application, String... words) throws IOException {
    Path jars = application.resolve("server/target/app/lib");
    String classPath;
    try (Stream<Path> files = Files.list(jars)) {
      classPath =
          files.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                classPath));
    command.addAll(List.of(words));
    return command;
  }
}
