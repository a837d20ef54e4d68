package dev.cofre.cli.demo;

import dev.cofre.cli.demo.Needles.Needle;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.VaultId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What nobody may find on the server: pieces of the files, their names, the vault's name, keys, passphrases. Looked for as they are and in
/// hexadecimal, base64 and base64url; texts in UTF-8 and both kinds of UTF-16.
public final class Secrets {
  private static final int PIECE = 24;

  private final Needles needles = new Needles();
  private int count;

  /// Looks for a text too. A short one stands somewhere by chance and is left out.
  public void addText(String what, String text) {
    if (text.length() < Needles.SHORTEST) {
      return;
    }
    count++;
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      addForms(what, text.getBytes(charset));
    }
  }

  /// Looks for bytes too, at least 8.
  public void addBytes(String what, byte[] bytes) {
    count++;
    addForms(what, bytes);
  }

  /// Looks for a file's name, and for pieces of the beginning, the middle and the end of its content. One of hardly any different bytes
  /// would be found in any padding.
  public void addFile(Path file) throws IOException {
    addText("the name " + file.getFileName(), String.valueOf(file.getFileName()));
    long size = Files.size(file);
    for (long at : List.of(0L, size / 2, size - PIECE)) {
      try (InputStream in = Files.newInputStream(file)) {
        in.skipNBytes(Math.clamp(at, 0, Math.max(0, size - PIECE)));
        byte[] piece = in.readNBytes(PIECE);
        long different = new String(piece, StandardCharsets.ISO_8859_1).chars().distinct().count();
        if (different > 6) {
          addBytes("content of " + file.getFileName(), piece);
        }
      }
    }
  }

  /// Looks for every secret of a device, too.
  public void addKeys(String what, Path home, char[] passphrase, VaultId vault)
      throws CofreException {
    try (Keyring keyring = Keyring.of(home, passphrase, vault)) {
      Stream.of(keyring.keys(), keyring.channels())
          .flatMap(List::stream)
          .forEach(key -> addBytes(what, key.toArray()));
    }
  }

  /// How many things are looked for.
  public int count() {
    return count;
  }

  /// Which of them stand in a file below `data` or in a line of `rows`.
  public List<String> foundIn(Path data, List<String> rows) throws IOException {
    List<String> found = new ArrayList<>();
    search(
        data, (needles, file) -> names(needles).forEach(what -> found.add(what + " in " + file)));
    byte[] text = String.join("\n", rows).getBytes(StandardCharsets.UTF_8);
    names(needles.in(new ByteArrayInputStream(text)))
        .forEach(what -> found.add(what + " in the database"));
    return found;
  }

  private static Set<String> names(Set<Needle> needles) {
    return needles.stream().map(Needle::what).collect(Collectors.toCollection(TreeSet::new));
  }

  /// Does not look for what stands in `data` already, before any of it was given away: a file may be called postgresql.conf.
  public void leaveOutWhatIsIn(Path data) throws IOException {
    search(data, (found, _) -> found.forEach(needles::remove));
  }

  private void search(Path data, BiConsumer<Set<Needle>, Path> found) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).filter(Secrets::isData).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          found.accept(needles.in(in), data.relativize(file));
        } catch (NoSuchFileException _) {
          // A database at work takes its files away.
        }
      }
    }
  }

  /// The unpacked PostgreSQL programs hold nothing of the server's.
  private static boolean isData(Path file) {
    return !file.toString().contains("programs-");
  }

  private void addForms(String what, byte[] bytes) {
    add(what, bytes);
    for (int before = 0; before < 3; before++) {
      add(what, base64(Base64.getEncoder(), bytes, before));
      add(what, base64(Base64.getUrlEncoder(), bytes, before));
    }
  }

  /// As it stands, and in hexadecimal, as rows of bytes are shown.
  private void add(String what, byte[] bytes) {
    if (bytes.length < Needles.SHORTEST) {
      return;
    }
    String hex = HexFormat.of().formatHex(bytes);
    needles.add(what, bytes);
    needles.add(what, hex.getBytes(StandardCharsets.US_ASCII));
    needles.add(what, hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
  }

  /// The characters that depend on these bytes alone, where they come after so many others.
  private static byte[] base64(Base64.Encoder encoder, byte[] bytes, int before) {
    byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    byte[] encoded = encoder.withoutPadding().encode(shifted);
    int first = (before * Byte.SIZE + 5) / 6;
    int end = shifted.length * Byte.SIZE / 6;
    return Arrays.copyOfRange(encoded, first, end);
  }
}
