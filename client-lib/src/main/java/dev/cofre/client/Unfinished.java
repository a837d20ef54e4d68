package dev.cofre.client;

import java.util.Optional;

/// Stands where a body follows.
final class Unfinished {
  private Unfinished() {}

  @SuppressWarnings("TypeParameterUnusedInFormals")
  static <T> T yet() {
    return Optional.<T>empty().orElseThrow(() -> new IllegalStateException("not built yet"));
  }
}
