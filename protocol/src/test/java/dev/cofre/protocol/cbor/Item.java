package dev.cofre.protocol.cbor;

import java.util.ArrayList;
import java.util.List;

/// Where one item of an encoding stands: its first byte, the end of its head, and its end with all that is inside.
record Item(int from, int head, int to, int major) {
  /// All items of a whole encoding, the outermost first.
  static List<Item> of(byte[] bytes) {
    List<Item> items = new ArrayList<>();
    int end = walk(bytes, 0, items);
    if (end != bytes.length) {
      throw new AssertionError("an encoding of more than one item");
    }
    items.sort((a, b) -> Integer.compare(a.from, b.from));
    return items;
  }

  private static int walk(byte[] bytes, int from, List<Item> items) {
    int major = (bytes[from] & 0xff) >>> 5;
    int information = bytes[from] & 0x1f;
    int width = information < 24 || major == 7 ? 0 : 1 << (information - 24);
    long value = width == 0 ? information : 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | (bytes[from + 1 + i] & 0xff);
    }
    int head = from + 1 + width;
    int to = head;
    if (major == 2 || major == 3) {
      to += (int) value;
    } else if (major == 4) {
      for (long i = 0; i < value; i++) {
        to = walk(bytes, to, items);
      }
    }
    items.add(new Item(from, head, to, major));
    return to;
  }

  /// The encoding with other bytes in place of this item.
  byte[] replaced(byte[] bytes, byte... other) {
    return splice(bytes, from, to, other);
  }

  /// The encoding with another head of this item.
  byte[] withHead(byte[] bytes, byte... other) {
    return splice(bytes, from, head, other);
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] other) {
    byte[] spliced = new byte[from + other.length + bytes.length - to];
    System.arraycopy(bytes, 0, spliced, 0, from);
    System.arraycopy(other, 0, spliced, from, other.length);
    System.arraycopy(bytes, to, spliced, from + other.length, bytes.length - to);
    return spliced;
  }
}
