package dev.cofre.cli.demo;

import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.VaultId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What nobody may find on the server: pieces of the files, their names, the vault's name. Looked for as UTF-8, as UTF-16 and as
/// the hexadecimal of either.
final class Secrets {
  private static final int SHORTEST_TEXT = 8;
  private static final int PIECE = 24;
  private static final int BLOCK = 1 << 20;

  private final Map<String, String> needles = new LinkedHashMap<>();

  /// Looks for a file's name and for pieces of its content.
  void addFile(Path file) throws IOException {
    addText(String.valueOf(file.getFileName()));
    addPieces(file);
  }

  /// Looks for a text, unless it is short: a short one stands somewhere by chance.
  void addText(String text) {
    if (text.length() < SHORTEST_TEXT) {
      return;
    }
    add(text, text.getBytes(StandardCharsets.UTF_8));
    add(text, text.getBytes(StandardCharsets.UTF_16LE));
  }

  /// Looks for every secret of a device, too.
  void addKeys(String what, Path home, char[] passphrase, VaultId vault) throws CofreException {
    try (Keyring keyring = Keyring.of(home, passphrase, vault)) {
      Stream.of(keyring.keys(), keyring.channels())
          .flatMap(List::stream)
          .forEach(key -> add(what, key.toArray()));
    }
  }

  /// Does not look for what stands in `data` already, before any of it was given away: a file may be called postgresql.conf.
  void leaveOutWhatIsIn(Path data) throws IOException {
    search(data, (needle, _) -> needles.remove(needle));
  }

  /// How many things are looked for.
  int count() {
    return needles.size();
  }

  /// Which of them stand in a file below `data` or in a line of `rows`.
  List<String> foundIn(Path data, List<String> rows) throws IOException {
    List<String> found = new ArrayList<>();
    search(data, (needle, file) -> found.add(needles.get(needle) + " in " + file));
    String text = String.join("\n", rows);
    needles.forEach((needle, what) -> {
      String hex = HexFormat.of().formatHex(needle.getBytes(StandardCharsets.ISO_8859_1));
      if (text.contains(needle) || text.contains(hex)) {
        found.add(what + " in the database");
      }
    });
    return found;
  }

  /// The unpacked PostgreSQL programs hold nothing of the server's.
  private static boolean isData(Path file) {
    return !file.toString().contains("programs-");
  }

  private void search(Path data, BiConsumer<String, Path> found) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).filter(Secrets::isData).toList()) {
        search(file, needle -> found.accept(needle, data.relativize(file)));
      }
    }
  }

  private void search(Path file, Consumer<String> found) throws IOException {
    int overlap = needles.keySet().stream().mapToInt(String::length).max().orElse(0);
    String tail = "";
    try (InputStream in = Files.newInputStream(file)) {
      for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
        String text = tail + new String(block, StandardCharsets.ISO_8859_1);
        List.copyOf(needles.keySet()).stream().filter(text::contains).forEach(found);
        tail = text.substring(Math.max(0, text.length() - overlap));
      }
    } catch (NoSuchFileException _) {
      // A database at work takes its files away.
    }
  }

  /// Pieces of the beginning, the middle and the end; one of zeros only would be found in any padding.
  private void addPieces(Path file) throws IOException {
    long size = Files.size(file);
    if (size < PIECE) {
      return;
    }
    for (long at : List.of(0L, size / 2, size - PIECE)) {
      try (InputStream in = Files.newInputStream(file)) {
        in.skipNBytes(Math.min(at, size - PIECE));
        byte[] piece = in.readNBytes(PIECE);
        long different = new String(piece, StandardCharsets.ISO_8859_1).chars().distinct().count();
        if (different > 6) {
          add("content of " + file.getFileName(), piece);
        }
      }
    }
  }

  private void add(String what, byte[] bytes) {
    needles.put(new String(bytes, StandardCharsets.ISO_8859_1), what);
  }
}
