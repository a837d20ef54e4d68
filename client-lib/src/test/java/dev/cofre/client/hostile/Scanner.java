package dev.cofre.client.hostile;

import dev.cofre.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// Looks for many patterns in one pass, in what was sent and in whatever of it was deflated.
final class Scanner {
  private static final int LONGEST_INFLATED = 64 << 10;

  private final Map<Integer, List<Map.Entry<byte[], String>>> byStart = new HashMap<>();
  private final boolean[] starts = new boolean[1 << 16];

  Scanner(Map<Bytes, String> patterns) {
    patterns.forEach((pattern, what) -> {
      byte[] bytes = pattern.toArray();
      starts[start(bytes, 0)] = true;
      byStart.computeIfAbsent(start(bytes, 0), _ -> new ArrayList<>()).add(Map.entry(bytes, what));
    });
  }

  private static int start(byte[] text, int at) {
    return (text[at] & 0xff) << 8 | (text[at + 1] & 0xff);
  }

  /// What was found first.
  Optional<String> find(byte[] text) {
    Optional<String> plain = findPlain(text);
    return plain.isPresent() ? plain : findInflated(text);
  }

  private Optional<String> findPlain(byte[] text) {
    for (int at = 0; at + 1 < text.length; at++) {
      if (starts[start(text, at)]) {
        for (Map.Entry<byte[], String> pattern : byStart.get(start(text, at))) {
          if (isAt(text, at, pattern.getKey())) {
            return Optional.of(pattern.getValue());
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isAt(byte[] text, int at, byte[] pattern) {
    if (at + pattern.length > text.length) {
      return false;
    }
    for (int i = 2; i < pattern.length; i++) {
      if (text[at + i] != pattern[i]) {
        return false;
      }
    }
    return true;
  }

  private Optional<String> findInflated(byte[] text) {
    for (int at = 0; at + 1 < text.length; at++) {
      int start = start(text, at);
      if (start == 0x1f8b || ((start >> 8 & 0x0f) == 8 && start % 31 == 0)) {
        byte[] inflated = inflate(text, at, start == 0x1f8b);
        Optional<String> found = findPlain(inflated);
        if (found.isPresent()) {
          return found.map(what -> what + ", deflated");
        }
      }
    }
    return Optional.empty();
  }

  private static byte[] inflate(byte[] text, int at, boolean gzip) {
    byte[] inflated = new byte[LONGEST_INFLATED];
    int length = 0;
    InputStream rest = new ByteArrayInputStream(text, at, text.length - at);
    Inflater inflater = new Inflater();
    try (InputStream in =
        gzip ? new GZIPInputStream(rest) : new InflaterInputStream(rest, inflater)) {
      for (int n = in.read(inflated);
          n > 0;
          n = in.read(inflated, length, inflated.length - length)) {
        length += n;
      }
    } catch (IOException _) {
      // What came until then counts.
    } finally {
      inflater.end();
    }
    return Arrays.copyOf(inflated, length);
  }
}
