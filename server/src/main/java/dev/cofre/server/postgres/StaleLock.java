package dev.cofre.server.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The `postmaster.pid` of a PostgreSQL that was killed. PostgreSQL takes it for its own rival as long as any process has
/// that number: in a container that is soon some other program, and a killed one nobody has reaped keeps its number too.
final class StaleLock {
  private static final Path PROCESSES = Path.of("/proc");

  private StaleLock() {}

  /// Removes the file when the process it names is alive but not the PostgreSQL of this directory, and no process works in
  /// the directory: every process of a PostgreSQL does, also one that has outlived the first. Leaves it in any doubt, and
  /// where it names no process, because then PostgreSQL itself looks for survivors.
  ///
  /// @param rival whether the PostgreSQL of this directory runs
  static void remove(Path data, boolean rival) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (rival || !Files.isDirectory(PROCESSES.resolve("self")) || !Files.exists(file)) {
      return;
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    if (lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,10}")) {
      return;
    }
    boolean named = Files.isDirectory(PROCESSES.resolve(lines.getFirst().strip()));
    if (named && !isWorkedIn(data.toRealPath())) {
      Files.deleteIfExists(file);
    }
  }

  private static boolean isWorkedIn(Path data) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path process : processes) {
        if (worksIn(process, data)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean worksIn(Path process, Path data) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).equals(data);
    } catch (IOException e) {
      // ended meanwhile, not reaped, or another user's, who cannot work in a directory of mode 0700
      return false;
    }
  }
}
