package dev.cofre.client.files;

import dev.cofre.client.disk.DiskErrors;
import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.transfer.LocalNames;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.VaultId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/// Where an export goes: a directory that is new or empty, or the one in which the same export was interrupted. As long as the export is
/// not whole the file `.cofre-export` lies in it and says which it is.
final class ExportDirectory {
  private static final String MARK = LocalNames.OWN + "export";
  private static final int LONGEST_MARK = 1024;

  private final Path path;
  private final byte[] mark;

  private ExportDirectory(Path path, String which) {
    this.path = path;
    this.mark = ("cofre export 1: " + which + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /// For the opened files of a vault as it is now. Nothing is made yet.
  ///
  /// @throws LocalState when it is a file, or holds anything else
  static ExportDirectory ofFiles(Path path, VaultId vault, Head head) throws LocalState {
    return usable(
        path, "files of " + vault.hex() + " at " + head.seq() + " " + head.hash().value().hex());
  }

  /// For a vault as it is sealed; an interrupted one goes on with what was written since. Nothing is made yet.
  ///
  /// @throws LocalState when it is a file, or holds anything else
  static ExportDirectory ofSealed(Path path, VaultId vault) throws LocalState {
    return usable(path, "sealed " + vault.hex());
  }

  private static ExportDirectory usable(Path path, String which) throws LocalState {
    ExportDirectory directory = new ExportDirectory(path, which);
    if (Files.exists(path) && !directory.isEmpty() && !directory.isMarked()) {
      throw new LocalState(
          LocalState.Kind.FILE,
          path + " is not empty",
          "Name a directory that is new or empty. An interrupted export goes on in its own directory as long as it is of the same vault, and opened ones of the same state of it.");
    }
    return directory;
  }

  /// Makes the directory, if need be, and marks it.
  void begin() throws LocalState {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw DiskErrors.failed("cannot make " + path, path, e);
    }
    PrivateFiles.replace(path.resolve(MARK), mark);
  }

  private boolean isEmpty() throws LocalState {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(path)) {
      return !found.iterator().hasNext();
    } catch (IOException e) {
      throw DiskErrors.failed(path + " is no directory that can be used", path, e);
    }
  }

  private boolean isMarked() throws LocalState {
    return PrivateFiles.read(path.resolve(MARK), LONGEST_MARK)
        .filter(found -> MessageDigest.isEqual(found, mark))
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
