package dev.cofre.server.blob;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;

/// What a directory of parts says about itself, in a file beside them: four lines of ASCII.
///
/// @param upload the upload that made the object
/// @param parts how many there are
/// @param partLength of all parts but the last, in bytes
/// @param length of the object in bytes
record PartManifest(String upload, int parts, long partLength, long length) {
  private static final String NAME = "manifest";
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");

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

  /// Writes the manifest durably into a directory, over one left by an interrupted attempt. It appears whole, by a rename:
  /// at no moment is a manifest that was there missing.
  ///
  /// @param draft a name that nobody else uses, in the same file system
  void writeInto(Path object, Path draft) throws IOException {
    String text = String.join("\n", upload, "" + parts, "" + partLength, "" + length, "");
    DurableFiles.create(draft, out -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
    try {
      Files.move(draft, object.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /// Whether a name inside an object directory belongs to the object.
  boolean owns(String name) {
    return name.equals(NAME) || (NUMBER.matcher(name).matches() && Integer.parseInt(name) <= parts);
  }

  /// The file of a part, counted from 1.
  static Path part(Path object, long number) {
    return object.resolve(Long.toString(number));
  }
}
