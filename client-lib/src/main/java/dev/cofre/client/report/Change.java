package dev.cofre.client.report;

/// What became of a wish that the team's log may have fulfilled before: a second run after a lost answer finds it so.
public enum Change {
  /// It is so since this call.
  MADE,
  /// It was so already, by the verified log.
  NONE;

  /// Made, if an entry had to be written for it.
  public static Change of(boolean written) {
    return written ? MADE : NONE;
  }
}
