package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program in a process of its own, as an operator starts and stops it.
class MainTest {
  @TempDir private Path directory;

  private Process start(String... words) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.cofre.server.Main");
    builder.command().addAll(List.of(words));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("output").toFile())
        .start();
  }

  private Path postmaster() {
    return directory.resolve(Path.of("data", "postgres", "data", "postmaster.pid"));
  }

  private void await(Process server, Path file) throws Exception {
    for (int i = 0; i < 1200 && !Files.exists(file); i++) {
      assertTrue(server.isAlive(), this::output);
      Thread.sleep(50);
    }
    assertTrue(Files.exists(file), this::output);
  }

  private String output() {
    try {
      return Files.readString(directory.resolve("output"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void leavesNoDatabaseBehindWhenItIsStoppedWhileItStarts() throws Exception {
    Process server =
        start("--listen", "127.0.0.1:0", "--data", directory.resolve("data").toString());
    try {
      await(server, postmaster());
      Optional<ProcessHandle> database =
          Files.readAllLines(postmaster()).stream()
              .findFirst()
              .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())));
      server.destroy();
      assertTrue(server.waitFor(60, TimeUnit.SECONDS), this::output);
      assertTrue(database.filter(MainTest::runs).isEmpty(), "the database still runs");
      assertTrue(Files.notExists(postmaster()), "the database was not stopped cleanly");
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void aRequestUnderWayIsFinishedBeforeTheServerStops() throws Exception {
    Process server =
        start("--listen", "127.0.0.1:0", "--data", directory.resolve("data").toString());
    try {
      URI uri = ready(server);
      try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
        byte[] body = new byte[1000];
        OutputStream out = socket.getOutputStream();
        String head =
            "POST /v1/teams HTTP/1.1\r\nHost: x\r\nContent-Type: application/cbor\r\n"
                + "Content-Length: 1000\r\nExpect: 100-continue\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        assertEquals("HTTP/1.1 100 Continue\r\n\r\n", read(socket, 25));
        out.write(body, 0, 500);
        out.flush();
        server.destroy();
        Thread.sleep(1000);
        out.write(body, 500, 500);
        out.flush();
        socket.setSoTimeout(10_000);
        assertEquals("HTTP/1.1 400", read(socket, 12), this::output);
      }
      assertTrue(server.waitFor(60, TimeUnit.SECONDS), this::output);
      assertTrue(Files.notExists(postmaster()), "the database was not stopped cleanly");
    } finally {
      server.destroyForcibly();
    }
  }

  private static String read(Socket socket, int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
  }

  private URI ready(Process server) throws Exception {
    Pattern line = Pattern.compile("cofre server ready on (\\S+)");
    for (int i = 0; i < 1200; i++) {
      Matcher matcher = line.matcher(output());
      if (matcher.find()) {
        return URI.create(matcher.group(1));
      }
      assertTrue(server.isAlive(), this::output);
      Thread.sleep(50);
    }
    throw new AssertionError(output());
  }

  @Test
  void aRequestThatNeverEndsDoesNotKeepTheServerFromStopping() throws Exception {
    Process server =
        start("--listen", "127.0.0.1:0", "--data", directory.resolve("data").toString());
    try {
      URI uri = ready(server);
      try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
        String head =
            "POST /v1/teams HTTP/1.1\r\nHost: x\r\nContent-Type: application/cbor\r\n"
                + "Content-Length: 1000\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        Thread.sleep(500);
        server.destroy();
        assertTrue(server.waitFor(40, TimeUnit.SECONDS), this::output);
      }
      assertTrue(Files.notExists(postmaster()), "the database was not stopped cleanly");
    } finally {
      server.destroyForcibly();
    }
  }

  /// One that has ended and that nobody has reaped yet is alive to Java, but has no command line.
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().commandLine().isPresent();
  }

  @Test
  void saysWhichDatabaseDoesNotAnswer() throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("config"),
            """
            cofre.listen = 127.0.0.1:0
            cofre.db.url = jdbc:postgresql://127.0.0.1:1/cofre
            cofre.db.user = cofre
            cofre.db.password = nothing
            """);
    Process server =
        start("--config", config.toString(), "--data", directory.resolve("data").toString());
    assertTrue(server.waitFor(60, TimeUnit.SECONDS));
    assertEquals(1, server.exitValue(), output());
    String said = "cofre server: cannot start: database: Connection to 127.0.0.1:1 refused";
    assertTrue(output().contains(said), output());
  }

  @Test
  void endsWith2WhenItIsToldWhatItCannotDo() throws Exception {
    Process server = start("--nonsense");
    assertTrue(server.waitFor(60, TimeUnit.SECONDS));
    assertEquals(2, server.exitValue(), output());
    assertTrue(output().startsWith("cofre server: unknown argument --nonsense."), output());
  }
}
