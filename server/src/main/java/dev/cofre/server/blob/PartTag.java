package dev.cofre.server.blob;

import java.util.List;
import java.util.regex.Pattern;

/// The receipt for a stored part, for keeping in a row until the upload is completed.
///
/// @param number from 1 to [BlobStore#MAX_PARTS]
/// @param length of the part in bytes, at least 1
/// @param tag what tells these bytes from others put under the same number: 1 to 200 printable ASCII characters
public record PartTag(int number, long length, String tag) {
  private static final Pattern TAG = Pattern.compile("[!-~]{1,200}");

  /// @throws IllegalArgumentException when a component is out of its range
  public PartTag {
    requireNumber(number);
    requireLength(length);
    if (!TAG.matcher(tag).matches()) {
      throw new IllegalArgumentException("not a part tag");
    }
  }

  /// Checks that parts make one object: numbered 1 to n in order, of one length except for a last one that may be shorter.
  ///
  /// @return the length of the object in bytes
  /// @throws IllegalArgumentException when they do not
  static long requireWhole(List<PartTag> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("an object has at least one part");
    }
    long usual = parts.getFirst().length();
    for (int i = 0; i < parts.size(); i++) {
      PartTag part = parts.get(i);
      boolean last = i == parts.size() - 1;
      if (part.number() != i + 1) {
        throw new IllegalArgumentException("part " + (i + 1) + " is missing or out of order");
      }
      if (last ? part.length() > usual : part.length() != usual) {
        throw new IllegalArgumentException(
            "part " + part.number() + " has another length than the first");
      }
    }
    return Math.addExact(Math.multiplyExact(usual, parts.size() - 1L), parts.getLast().length());
  }

  static void requireNumber(int number) {
    if (number < 1 || number > BlobStore.MAX_PARTS) {
      throw new IllegalArgumentException("part number out of range");
    }
  }

  static void requireLength(long length) {
    if (length < 1) {
      throw new IllegalArgumentException("at least one byte");
    }
  }
}
