package dev.cofre.protocol.fuzz;

import java.util.Arrays;

/// The bytes of one attempt, taken piece by piece; whatever is asked for beyond their end is zero or empty.
final class Input {
  private final byte[] bytes;
  private int position;

  Input(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean hasMore() {
    return position < bytes.length;
  }

  /// A number from 0 to 255.
  int number() {
    return hasMore() ? bytes[position++] & 0xff : 0;
  }

  /// A piece whose length stands before it in two bytes; shorter where the input ends.
  byte[] piece() {
    int length = number() << 8 | number();
    int end = Math.min(bytes.length, position + length);
    byte[] piece = Arrays.copyOfRange(bytes, position, end);
    position = end;
    return piece;
  }

  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, position, bytes.length);
    position = bytes.length;
    return rest;
  }
}
