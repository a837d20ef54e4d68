package dev.cofre.client.files;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.format.RecordPath;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.transfer.LocalNames;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Expands files and folders of this disk into the files to put, each with its path in the vault. Symbolic links are not followed, devices and
/// sockets are not read; what cannot be put is an outcome.
final class LocalFiles {
  private final List<Planned> planned = new ArrayList<>();
  private final Set<RecordPath> paths = new HashSet<>();
  private final Consumer<Outcome> outcomes;

  /// A file to put, and where.
  record Planned(Path local, RecordPath path, long size) {}

  LocalFiles(Consumer<Outcome> outcomes) {
    this.outcomes = outcomes;
  }

  /// Adds a source. `target` is a directory when it ends in a slash; the source then keeps its name in it.
  void add(Path source, String target) throws CofreException {
    Path local = source.toAbsolutePath().normalize();
    String name = local.getFileName() == null ? "" : local.getFileName().toString();
    boolean intoDirectory = target.endsWith("/");
    if (Files.isDirectory(local, LinkOption.NOFOLLOW_LINKS)) {
      boolean contentsOnly = source.toString().isEmpty() || source.endsWith(".") || name.isEmpty();
      String below = contentsOnly ? target : target + (intoDirectory ? "" : "/") + name;
      walk(local, below.endsWith("/") ? below : below + "/");
    } else {
      addFile(local, intoDirectory ? target + name : target);
    }
  }

  private void walk(Path root, String below) throws LocalState {
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (!LocalNames.isOwn(String.valueOf(file.getFileName()))) {
                addFile(file, below + slashed(root.relativize(file)));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              outcomes.accept(
                  Outcome.failed(
                      file.toString(),
                      new LocalState(LocalState.Kind.FILE, "cannot read " + file, e)));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new LocalState(LocalState.Kind.FILE, "cannot read " + root, e);
    }
  }

  private static String slashed(Path relative) {
    List<String> names = new ArrayList<>();
    relative.forEach(name -> names.add(name.toString()));
    return String.join("/", names);
  }

  private void addFile(Path file, String path) {
    Optional<RecordPath> recordPath = RecordPath.of(path);
    if (recordPath.isEmpty()) {
      outcomes.accept(
          Outcome.failed(
              path,
              new LocalState(
                  LocalState.Kind.NAME,
                  "a vault cannot hold a file of this name",
                  "Rename it first.")));
      return;
    }
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!paths.add(recordPath.get())) {
        outcomes.accept(
            Outcome.failed(
                path,
                new LocalState(
                    LocalState.Kind.FILE,
                    "two files would come to the same path",
                    "Put them one after the other, or rename one.")));
      } else if (attributes.isRegularFile()) {
        planned.add(new Planned(file, recordPath.get(), attributes.size()));
      } else {
        outcomes.accept(Outcome.of(path, Outcome.Status.SKIPPED, 0, 0));
      }
    } catch (IOException e) {
      outcomes.accept(
          Outcome.failed(path, new LocalState(LocalState.Kind.FILE, "cannot read " + file, e)));
    }
  }

  /// All files found.
  List<Planned> planned() {
    return planned;
  }
}
