package dev.cofre.server.blob;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where an object lies below a root: a directory per key segment but the last, one more named by the first two digits of
/// the last (so none grows beyond a few thousand names), and there the last segment with the ending `.o`. Only objects have
/// that ending, so paths and keys belong to each other one to one.
///
/// @param root an absolute path
record ObjectTree(Path root) {
  private static final String ENDING = ".o";

  Path path(ObjectKey key) {
    String value = key.value();
    int cut = value.lastIndexOf('/') + 1;
    String last = value.substring(cut);
    return root.resolve(value.substring(0, cut))
        .resolve(last.substring(0, 2))
        .resolve(last + ENDING);
  }

  private ObjectKey key(Path object) {
    Path relative = root.relativize(object);
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < relative.getNameCount() - 2; i++) {
      value.append(relative.getName(i)).append('/');
    }
    String last = String.valueOf(relative.getFileName());
    return new ObjectKey(value.append(last, 0, last.length() - ENDING.length()).toString());
  }

  void forEach(String prefix, Consumer<ObjectKey> keys) throws IOException {
    if (!prefix.chars().allMatch(c -> c == '/' || Character.digit(c, 16) >= 0)
        || prefix.startsWith("/")) {
      return;
    }
    Path start = root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    Files.walkFileTree(start, new Visitor(prefix, keys));
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final String prefix;
    private final Consumer<ObjectKey> keys;

    Visitor(String prefix, Consumer<ObjectKey> keys) {
      this.prefix = prefix;
      this.keys = keys;
    }

    private boolean takes(Path path) {
      if (!String.valueOf(path.getFileName()).endsWith(ENDING)) {
        return false;
      }
      ObjectKey key = key(path);
      if (key.value().startsWith(prefix)) {
        keys.accept(key);
      }
      return true;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return takes(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      takes(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      return vanished(failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      return failure == null ? FileVisitResult.CONTINUE : vanished(failure);
    }

    private static FileVisitResult vanished(IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }
}
