package dev.cofre.server.domain;

import dev.cofre.protocol.api.Uploads;
import java.util.Optional;

/// How an object is cut into parts: all of [Uploads#PART_SIZE], but the last.
final class PartPlan {
  private PartPlan() {}

  /// How long a part is, in bytes; empty when the object has no such part.
  static Optional<Long> length(long object, int number) {
    long start = (number - 1L) * Uploads.PART_SIZE;
    return number < 1 || start >= object
        ? Optional.empty()
        : Optional.of(Math.min(Uploads.PART_SIZE, object - start));
  }
}
