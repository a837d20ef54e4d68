package dev.cofre.client.remote;

import java.util.OptionalLong;

/// How fast contents may go, in bytes a second; records, logs and the like are not held back.
///
/// @param up to a server
/// @param down from a server
public record Limits(OptionalLong up, OptionalLong down) {
  /// The least that may be asked for, in bytes a second: servers give up on whoever is much slower.
  public static final long LEAST = 32 << 10;

  /// As fast as it goes.
  public static final Limits NONE = new Limits(OptionalLong.empty(), OptionalLong.empty());

  public Limits {
    if (up.orElse(LEAST) < LEAST || down.orElse(LEAST) < LEAST) {
      throw new IllegalArgumentException("slower than " + LEAST + " bytes a second");
    }
  }
}
