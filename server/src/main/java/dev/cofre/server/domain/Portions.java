package dev.cofre.server.domain;

import java.util.ArrayList;
import java.util.List;

/// Long lists cut up, because a statement takes at most 65 535 values.
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
}
