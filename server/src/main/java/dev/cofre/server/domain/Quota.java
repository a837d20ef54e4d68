package dev.cofre.server.domain;

/// How much a team may have on the server.
///
/// @param bytes of content, unfinished uploads and what the sweep has yet to delete included
/// @param sends that can be opened at a time
public record Quota(long bytes, int sends) {
  /// No limit of content, and 10 000 sends.
  public static final Quota USUAL = new Quota(Long.MAX_VALUE, 10_000);

  public Quota {
    if (bytes <= 0 || sends < 0) {
      throw new IllegalArgumentException("a quota is positive");
    }
  }

  /// Whether content is limited at all.
  boolean limits() {
    return bytes < Long.MAX_VALUE;
  }
}
