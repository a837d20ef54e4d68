package dev.cofre.cli.job;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The reader under `docs/independent-reader`, which shares nothing with this program but the documents. It runs on Node.js.
final class IndependentReader {
  private static final Path HOME = Path.of("..", "docs", "independent-reader");

  /// How a run ended.
  record Answer(int exit, String out, String err) {
    @Override
    public String toString() {
      return exit + "\n" + out + err;
    }
  }

  private IndependentReader() {}

  /// Skips the test where there is no Node.js.
  static void assumeIsThere() {
    boolean there;
    try {
      there = run(List.of("node", "--version"), "").exit() == 0;
    } catch (IOException | InterruptedException _) {
      there = false;
    }
    assumeTrue(there, "Node.js is not here");
  }

  /// Opens an export with a kit, or only checks it where `target` is empty.
  static Answer read(Path export, String kit, Path... target)
      throws IOException, InterruptedException {
    List<String> command = command("read.mjs");
    command.add(export.toString());
    for (Path each : target) {
      command.add(each.toString());
    }
    return run(command, kit);
  }

  /// Opens the committed vectors in a directory.
  static Answer vectors(Path directory) throws IOException, InterruptedException {
    List<String> command = command("testkit.mjs");
    command.add(directory.toString());
    return run(command, "");
  }

  private static List<String> command(String program) {
    Path file = HOME.resolve(program);
    assertTrue(Files.exists(file), file::toString);
    return new ArrayList<>(List.of("node", file.toString()));
  }

  private static Answer run(List<String> command, String input)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("reader", ".out");
    Path err = Files.createTempFile("reader", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException _) {
        // It ended before it asked for the kit.
      }
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("the reader does not end");
      }
      return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
