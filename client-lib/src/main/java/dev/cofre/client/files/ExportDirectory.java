package dev.cofre.client.files;

import dev.cofre.client.disk.DiskErrors;
import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.LocalState;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.VaultId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Where an export goes: a directory that is new or empty, or the one in which the same export was interrupted. As long as the export is
/// not whole the file `.cofre-export` lies in it and says which it is.
final class ExportDirectory {
  private static final String MARK = ".cofre-export";
  private static final int LONGEST_MARK = 1024;

  private final Path path;

  private ExportDirectory(Path path) {
    this.path = path;
  }

  /// For the opened files of a vault as it is now.
  static ExportDirectory ofFiles(Path path, VaultId vault, Head head) throws LocalState {
    return open(path, "files of " + vault.hex() + " at " + head.seq() + " " + head.hash().hex());
  }

  /// For a vault as it is sealed; an interrupted one goes on with what was written since.
  static ExportDirectory ofSealed(Path path, VaultId vault) throws LocalState {
    return open(path, "sealed " + vault.hex());
  }

  private static ExportDirectory open(Path path, String which) throws LocalState {
    ExportDirectory directory = new ExportDirectory(path);
    byte[] mark = ("cofre export 1: " + which + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      Files.createDirectories(path);
      if (!directory.isEmpty() && !directory.isMarked(mark)) {
        throw new LocalState(
            LocalState.Kind.FILE,
            path + " is not empty",
            "Name a directory that is new or empty. An interrupted export goes on in its own directory if it is of the same state of the vault.");
      }
    } catch (IOException | DirectoryIteratorException e) {
      IOException cause = e instanceof IOException io ? io : new IOException(e.getMessage(), e);
      throw DiskErrors.failed("cannot use the directory " + path, path, cause);
    }
    PrivateFiles.replace(path.resolve(MARK), mark);
    return directory;
  }

  private boolean isEmpty() throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(path)) {
      return !found.iterator().hasNext();
    }
  }

  private boolean isMarked(byte[] mark) throws LocalState {
    return PrivateFiles.read(path.resolve(MARK), LONGEST_MARK)
        .filter(found -> Arrays.equals(found, mark))
        .isPresent();
  }

  /// The directory.
  Path path() {
    return path;
  }

  /// Says that everything is there.
  void finish() throws LocalState {
    PrivateFiles.delete(path.resolve(MARK));
  }
}
