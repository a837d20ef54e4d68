package dev.cofre.server.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/// What the database's directories need of the file system.
final class PostgresFiles {
  private PostgresFiles() {}

  static boolean ownedByRoot(Path directory) throws IOException {
    return "root".equals(System.getProperty("user.name"))
        && "root".equals(Files.getOwner(directory).getName());
  }

  /// Makes the names inside a directory durable.
  static void syncNames(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
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
