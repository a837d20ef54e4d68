package dev.cofre.server.domain;

/// How many bytes of content a team may store, unfinished uploads and what the sweep has yet to delete included.
public record Quota(long bytes) {
  /// No limit.
  public static final Quota NONE = new Quota(Long.MAX_VALUE);

  public Quota {
    if (bytes <= 0) {
      throw new IllegalArgumentException("a quota is positive");
    }
  }

  /// Whether there is a limit at all.
  boolean limits() {
    return bytes < Long.MAX_VALUE;
  }
}
