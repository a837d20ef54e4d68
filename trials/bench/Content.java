package bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// A file or a tree of files to be moved, and the hash of all of it.
///
/// @param files how many files there are
/// @param bytes how many bytes they have together
record Content(Path path, int files, long bytes, String hash) {
  private static final int BUFFER = 1 << 20;
  private static final int DIRECTORY = 100;

  /// A new file of random bytes.
  static Content file(Path path, long size) throws IOException {
    Random random = new Random();
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out = Files.newOutputStream(path)) {
      for (long left = size; left > 0; left -= BUFFER) {
        random.nextBytes(buffer);
        out.write(buffer, 0, (int) Math.min(left, BUFFER));
      }
    }
    return new Content(path, 1, size, hash(path));
  }

  /// A new tree of files of random bytes, 100 in a directory.
  static Content tree(Path path, int files, int size) throws IOException {
    Random random = new Random();
    byte[] buffer = new byte[size];
    Files.createDirectory(path);
    for (int i = 0; i < files; i++) {
      Path directory = path.resolve("%04d".formatted(i / DIRECTORY));
      if (i % DIRECTORY == 0) {
        Files.createDirectory(directory);
      }
      random.nextBytes(buffer);
      Files.write(directory.resolve("%02d.bin".formatted(i % DIRECTORY)), buffer);
    }
    return new Content(path, files, (long) files * size, hash(path));
  }

  /// @throws IOException when what is at that path is anything else
  void check(String who, Path copy) throws IOException {
    if (!hash(copy).equals(hash)) {
      throw new IOException(who + " gave back other bytes");
    }
  }

  /// The hash of a file's bytes, or of all names and files below a directory.
  static String hash(Path path) throws IOException {
    MessageDigest whole = sha256();
    if (Files.isDirectory(path)) {
      List<Path> files;
      try (Stream<Path> walk = Files.walk(path)) {
        files = walk.filter(Files::isRegularFile).sorted().toList();
      }
      for (Path file : files) {
        String line = path.relativize(file) + "\0" + hash(file) + "\n";
        whole.update(line.getBytes(StandardCharsets.UTF_8));
      }
    } else {
      byte[] buffer = new byte[BUFFER];
      try (InputStream in = Files.newInputStream(path)) {
        for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
          whole.update(buffer, 0, n);
        }
      }
    }
    return HexFormat.of().formatHex(whole.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
