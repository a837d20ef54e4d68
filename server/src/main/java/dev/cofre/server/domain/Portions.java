package dev.cofre.server.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// Long lists cut up, because a statement takes at most 65 535 values, and what it finds is in memory.
final class Portions {
  private Portions() {}

  /// The list in pieces of at most `most`, in order; none of an empty one.
  static <T> List<List<T>> of(List<T> all, int most) {
    List<List<T>> portions = new ArrayList<>();
    for (int i = 0; i < all.size(); i += most) {
      portions.add(all.subList(i, Math.min(i + most, all.size())));
    }
    return portions;
  }

  /// The list in pieces of which each weighs at most `most`, or is one element; none of an empty one.
  static <T> List<List<T>> of(List<T> all, ToLongFunction<T> weight, long most) {
    List<List<T>> portions = new ArrayList<>();
    int from = 0;
    long weighs = 0;
    for (int i = 0; i < all.size(); i++) {
      long more = weight.applyAsLong(all.get(i));
      if (i > from && weighs + more > most) {
        portions.add(all.subList(from, i));
        from = i;
        weighs = 0;
      }
      weighs += more;
    }
    if (from < all.size()) {
      portions.add(all.subList(from, all.size()));
    }
    return portions;
  }
}
