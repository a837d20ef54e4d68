package dev.cofre.server.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The PostgreSQL programs for this machine, unpacked once from the archive on the class path (about 60 MB).
final class PostgresBinaries {
  private static final int DECODER_KIB = 192 * 1024;

  private final Path directory;

  private PostgresBinaries(Path directory) {
    this.directory = directory;
  }

  /// Finds the programs under `directory`, or unpacks them there. A directory of that name is always whole: it appears by a
  /// rename.
  ///
  /// @throws PostgresFailure when there is no archive for this machine
  static PostgresBinaries unpack(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Path parent = directory.toAbsolutePath().resolve("..").normalize();
      Files.createDirectories(parent);
      Path staging = Files.createTempDirectory(parent, "unpacking-");
      try (InputStream archive = archive()) {
        extract(archive, staging);
        moveIntoPlace(staging, directory);
      } finally {
        PostgresFiles.deleteTree(staging);
      }
    }
    return new PostgresBinaries(directory);
  }

  /// The path of one program.
  Path program(String name) {
    return directory.resolve("bin").resolve(name);
  }

  private static void moveIntoPlace(Path staging, Path directory) throws IOException {
    Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      Files.move(staging, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory.resolve("bin"))) {
        throw e;
      }
    }
  }

  private static InputStream archive() throws PostgresFailure {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine =
        switch (System.getProperty("os.arch")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> System.getProperty("os.arch");
        };
    String name =
        "/postgres-" + (system.contains("mac") ? "darwin" : system) + "-" + machine + ".txz";
    InputStream archive = PostgresBinaries.class.getResourceAsStream(name);
    if (archive == null) {
      throw new PostgresFailure(
          "No PostgreSQL is bundled for "
              + system
              + " on "
              + machine
              + ". Set COFRE_DB_URL, COFRE_DB_USER and COFRE_DB_PASSWORD to one of your own.");
    }
    return archive;
  }

  private static void extract(InputStream archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZInputStream(new BufferedInputStream(archive, 1 << 16), DECODER_KIB))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new PostgresFailure("The bundled PostgreSQL archive has a path outside itself.");
        }
        write(tar, entry, path, target);
      }
    }
  }

  private static void write(
      TarArchiveInputStream tar, TarArchiveEntry entry, Path path, Path target) throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Path parent = path.resolve("..").normalize();
    Files.createDirectories(parent);
    if (entry.isSymbolicLink()) {
      Path pointed = parent.resolve(entry.getLinkName()).normalize();
      if (!pointed.startsWith(target)) {
        throw new PostgresFailure("The bundled PostgreSQL archive has a link outside itself.");
      }
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(tar, path);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
