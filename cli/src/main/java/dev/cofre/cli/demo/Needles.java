package dev.cofre.cli.demo;

import dev.cofre.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Many byte strings, all looked for in one pass: by their first eight bytes, then whole.
final class Needles {
  /// The shortest that can be looked for.
  static final int SHORTEST = Long.BYTES;

  private static final int BLOCK = 1 << 20;
  private static final int FILTER_BITS = 20;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final Map<Long, List<Needle>> byStart = new HashMap<>();
  private final BitSet filter = new BitSet(1 << FILTER_BITS);
  private int longest = SHORTEST;

  /// What is looked for, under a name.
  record Needle(String what, Bytes bytes) {}

  /// Looks for these bytes too, under this name.
  void add(String what, byte[] bytes) {
    if (bytes.length < SHORTEST) {
      throw new IllegalArgumentException("stands anywhere by chance");
    }
    long start = 0;
    for (int i = 0; i < SHORTEST; i++) {
      start = (start << Byte.SIZE) | (bytes[i] & 0xff);
    }
    byStart.computeIfAbsent(start, _ -> new ArrayList<>()).add(new Needle(what, Bytes.of(bytes)));
    filter.set(place(start));
    longest = Math.max(longest, bytes.length);
  }

  private static int place(long window) {
    return (int) ((window * SPREAD) >>> (Long.SIZE - FILTER_BITS));
  }

  /// Looks for it no more.
  void remove(Needle needle) {
    byStart.values().forEach(needles -> needles.remove(needle));
  }

  /// Those that stand in a stream.
  Set<Needle> in(InputStream in) throws IOException {
    Set<Needle> found = new HashSet<>();
    byte[] buffer = new byte[BLOCK + longest];
    int kept = 0;
    for (int read = in.readNBytes(buffer, 0, BLOCK);
        read > 0;
        read = in.readNBytes(buffer, kept, BLOCK)) {
      int end = kept + read;
      search(buffer, end, found);
      kept = Math.min(end, longest - 1);
      System.arraycopy(buffer, end - kept, buffer, 0, kept);
    }
    return found;
  }

  private void search(byte[] bytes, int end, Set<Needle> found) {
    long window = 0;
    for (int i = 0; i < end; i++) {
      window = (window << Byte.SIZE) | (bytes[i] & 0xff);
      if (i >= SHORTEST - 1 && filter.get(place(window))) {
        compare(bytes, i - SHORTEST + 1, end, window, found);
      }
    }
  }

  private void compare(byte[] bytes, int at, int end, long window, Set<Needle> found) {
    for (Needle needle : byStart.getOrDefault(window, List.of())) {
      int length = needle.bytes().length();
      if (length <= end - at && Bytes.of(bytes, at, length).equals(needle.bytes())) {
        found.add(needle);
      }
    }
  }
}
