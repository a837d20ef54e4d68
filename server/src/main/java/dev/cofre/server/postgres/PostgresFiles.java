package dev.cofre.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// What the database's directories need of the file system.
final class PostgresFiles {
  private PostgresFiles() {}

  static boolean ownedByRoot(Path directory) throws IOException {
    return "root".equals(System.getProperty("user.name"))
        && "root".equals(Files.getOwner(directory).getName());
  }

  static void deleteTree(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> tree = Files.walk(root)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
