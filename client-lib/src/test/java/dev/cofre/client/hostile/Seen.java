package dev.cofre.client.hostile;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.protocol.Bytes;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Values of 32 bytes in what looks like CBOR, however deep, and in byte strings that hold CBOR themselves.
final class Seen {
  /// How much of a sealed message tells whether a key is its key.
  static final int HEADER = Cobblestone.HEADER_LENGTH;

  private static final int BYTES = 2;
  private static final int DEEPEST = 8;

  private Seen() {}

  static Set<Bytes> in(byte[] body) {
    Set<Bytes> found = new HashSet<>();
    look(body, found, 0);
    return found;
  }

  private static void look(byte[] body, Set<Bytes> found, int depth) {
    int at = 0;
    while (at < body.length && depth < DEEPEST) {
      int major = (body[at] & 0xff) >>> 5;
      int information = body[at] & 0x1f;
      int width = information < 24 ? 0 : information > 27 ? -1 : 1 << (information - 24);
      if (width < 0 || at + 1 + width > body.length) {
        at++;
        continue;
      }
      long value = information < 24 ? information : 0;
      for (int i = 0; i < width; i++) {
        value = value << 8 | (body[at + 1 + i] & 0xff);
      }
      at += 1 + width;
      if (major == BYTES && value >= 32 && value <= body.length - at) {
        Bytes string = Bytes.of(body, at, (int) value);
        if (value == 32) {
          found.add(string);
        } else {
          look(string.toArray(), found, depth + 1);
        }
        at += (int) value;
      }
    }
  }

  static List<Bytes> token(String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      return bytes.length == 32 ? List.of(Bytes.of(bytes)) : List.of();
    } catch (IllegalArgumentException _) {
      return List.of();
    }
  }
}
