package dev.cofre.client.format;

/// Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019, section 4.3):
/// lengths rounded up so that a padded length of L tells O(log log L) bits, at a cost of at most 12 %.
public final class Padme {
  /// The longest length that can be padded.
  public static final long MAX_LENGTH = 1L << 62;

  private Padme() {}

  /// The least Padmé length not below `length`.
  ///
  /// @throws IllegalArgumentException when negative or above [#MAX_LENGTH]
  public static long paddedLength(long length) {
    if (length < 0 || length > MAX_LENGTH) {
      throw new IllegalArgumentException("no padding for " + length + " bytes");
    }
    if (length < 2) {
      return length;
    }
    int exponent = floorLog2(length);
    int zeroBits = exponent - (floorLog2(exponent) + 1);
    long mask = (1L << Math.max(0, zeroBits)) - 1;
    return (length + mask) & ~mask;
  }

  private static int floorLog2(long value) {
    return 63 - Long.numberOfLeadingZeros(value);
  }
}
