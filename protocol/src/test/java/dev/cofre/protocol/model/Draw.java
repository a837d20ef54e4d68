package dev.cofre.protocol.model;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// A step of a random history, as numbers that mean something only in the state that it meets: what is done, by whom, to what, and
/// whether it is done wrong.
record Draw(int kind, int who, int a, int b, int c, int wrong) {
  /// Numbers are from 0 up to below this.
  static final int RANGE = 24;

  /// What is wrong is from 0 up to below this; most of it is nothing.
  static final int WRONGS = 64;

  /// A history out of a seed.
  static List<Draw> history(long seed, int length) {
    Random random = new Random(seed);
    return Stream.generate(() ->
            new Draw(
                random.nextInt(RANGE),
                random.nextInt(RANGE),
                random.nextInt(RANGE),
                random.nextInt(RANGE),
                random.nextInt(RANGE),
                random.nextInt(WRONGS)))
        .limit(length)
        .toList();
  }
}
