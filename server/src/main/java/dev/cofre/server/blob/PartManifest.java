package dev.cofre.server.blob;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// What a directory of parts says about itself, in a file beside them: four lines of ASCII.
///
/// @param upload the upload that made the object
/// @param parts how many there are
/// @param partLength of all parts but the last, in bytes
/// @param length of the object in bytes
record PartManifest(String upload, int parts, long partLength, long length) {
  private static final String NAME = "manifest";

  /// The manifest of an object directory.
  static PartManifest in(Path object) throws IOException {
    List<String> lines = Files.readAllLines(object.resolve(NAME), StandardCharsets.US_ASCII);
    try {
      return new PartManifest(
          lines.get(0),
          Integer.parseInt(lines.get(1)),
          Long.parseLong(lines.get(2)),
          Long.parseLong(lines.get(3)));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IOException("damaged manifest of " + object.getFileName(), e);
    }
  }

  /// Writes the manifest durably into a directory, in place of one left by an interrupted attempt: there is always the old one or the
  /// new.
  void writeInto(Path object) throws IOException {
    String text = String.join("\n", upload, "" + parts, "" + partLength, "" + length, "");
    Path draft = object.resolve(NAME + ".new");
    Files.deleteIfExists(draft);
    DurableFiles.create(draft, out -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
    Files.move(draft, object.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
  }

  /// Whether a name inside an object directory belongs to the object.
  boolean owns(String name) {
    return name.equals(NAME) || (name.length() <= 5 && Integer.parseInt(name) <= parts);
  }

  /// The file of a part, counted from 1.
  static Path part(Path object, long number) {
    return object.resolve(Long.toString(number));
  }
}
