package dev.cofre.client.format;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Where a file stands in its vault: `/` and names separated by `/`. A path that exists is safe to show as a place below a
/// directory: every name is 1 to 255 bytes of UTF-8 in normal form C, none is `.` or `..`, none has a control character; at
/// most 64 names and 4096 bytes in all. Whether a system can hold such a name is asked when it is written there.
public record RecordPath(String value) implements Comparable<RecordPath> {
  /// The longest path in bytes of UTF-8.
  public static final int MAX_LENGTH = 4096;

  private static final int MAX_NAME = 255;
  private static final int MAX_DEPTH = 64;
  private static final char COMBINING = 0x300;

  /// Refuses anything else.
  public RecordPath {
    Optional<String> wrong = wrong(value);
    if (wrong.isPresent()) {
      throw new IllegalArgumentException(wrong.get());
    }
  }

  /// A path in normal form C, if it is one then.
  public static Optional<RecordPath> of(String text) {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
    return wrong(normal).isEmpty() ? Optional.of(new RecordPath(normal)) : Optional.empty();
  }

  /// The names, from the top.
  public List<String> names() {
    return Arrays.asList(value.substring(1).split("/", -1));
  }

  /// The last name.
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /// The same directory with another name in it.
  public RecordPath withName(String name) {
    return new RecordPath(value.substring(0, value.lastIndexOf('/') + 1) + name);
  }

  /// Whether it lies in this directory, which ends in a slash, or below.
  public boolean isBelow(String directory) {
    return value.startsWith(directory) && value.length() > directory.length();
  }

  @Override
  public int compareTo(RecordPath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  /// Whether a path is one for certain, without asking what Unicode says: all its characters are below U+0300, where everything is in normal form
  /// C. So are most; a vault has many, and each program that opens it reads them all.
  private static boolean isPlain(String value) {
    if (!value.startsWith("/") || value.length() > MAX_NAME) {
      return false;
    }
    int start = 1;
    int bytes = 0;
    int names = 0;
    for (int i = 1; i <= value.length(); i++) {
      char c = i == value.length() ? '/' : value.charAt(i);
      if (c == '/') {
        names++;
        if (i == start || value.startsWith(".", start)) {
          return false;
        }
        start = i + 1;
      } else if (c >= COMBINING || Character.isISOControl(c)) {
        return false;
      }
      bytes += c < 0x80 ? 1 : 2;
    }
    return bytes <= MAX_NAME && names <= MAX_DEPTH;
  }

  private static Optional<String> wrong(String value) {
    if (isPlain(value)) {
      return Optional.empty();
    }
    if (!value.startsWith("/") || value.getBytes(StandardCharsets.UTF_8).length > MAX_LENGTH) {
      return Optional.of("a path of up to 4096 bytes that begins with a slash");
    }
    if (!Normalizer.isNormalized(value, Normalizer.Form.NFC)
        || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      return Optional.of("a path in Unicode normal form C");
    }
    String[] names = value.substring(1).split("/", -1);
    if (names.length > MAX_DEPTH) {
      return Optional.of("a path of up to 64 names");
    }
    for (String name : names) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        return Optional.of("a path without empty names, `.` and `..`");
      }
      if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME
          || name.chars().anyMatch(Character::isISOControl)) {
        return Optional.of("names of up to 255 bytes without control characters");
      }
    }
    return Optional.empty();
  }
}
