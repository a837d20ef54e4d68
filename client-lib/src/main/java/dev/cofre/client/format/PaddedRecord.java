package dev.cofre.client.format;

import dev.cofre.client.failure.Malformed;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The padding of a small record before sealing: 4-byte big-endian length ‖ data ‖ zeros up to a multiple of 256 bytes. There
/// is exactly one padded form for each record, and every other is refused.
public final class PaddedRecord {
  /// Padded lengths are multiples of this.
  public static final int STEP = 256;

  /// The longest record in bytes.
  public static final int MAX_DATA_LENGTH = 16 * 1024;

  /// The longest padded record in bytes.
  public static final int MAX_LENGTH = MAX_DATA_LENGTH + STEP;

  private PaddedRecord() {}

  /// The padded length of a record of `dataLength` bytes.
  ///
  /// @throws IllegalArgumentException when negative or above [#MAX_DATA_LENGTH]
  public static int length(int dataLength) {
    if (dataLength < 0 || dataLength > MAX_DATA_LENGTH) {
      throw new IllegalArgumentException("no record has " + dataLength + " bytes");
    }
    return (Integer.BYTES + dataLength + STEP - 1) / STEP * STEP;
  }

  /// Pads a record.
  public static byte[] pad(byte[] data) {
    return ByteBuffer.allocate(length(data.length)).putInt(data.length).put(data).array();
  }

  /// The record in its padded form.
  ///
  /// @throws Malformed when the form is not the canonical one
  public static byte[] unpad(byte[] padded) throws Malformed {
    if (padded.length < STEP || padded.length > MAX_LENGTH) {
      throw malformed();
    }
    int length = ByteBuffer.wrap(padded).getInt();
    if (length < 0 || length > MAX_DATA_LENGTH || length(length) != padded.length) {
      throw malformed();
    }
    for (int i = Integer.BYTES + length; i < padded.length; i++) {
      if (padded[i] != 0) {
        throw malformed();
      }
    }
    return Arrays.copyOfRange(padded, Integer.BYTES, Integer.BYTES + length);
  }

  private static Malformed malformed() {
    return new Malformed("a record is not padded canonically");
  }
}
