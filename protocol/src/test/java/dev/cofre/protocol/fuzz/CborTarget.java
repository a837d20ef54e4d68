package dev.cofre.protocol.fuzz;

import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import java.util.Arrays;

/// Any record that travels: the first byte says which. It is read or refused as malformed, at a cost that the input bounds, and what is
/// read is written as the same bytes.
public final class CborTarget {
  private CborTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Input in = new Input(input);
    Codec<Object> codec = Wire.codec(in.number());
    byte[] bytes = in.rest();
    Allocation.requireFew(bytes.length, () -> read(codec, bytes));
  }

  private static void read(Codec<Object> codec, byte[] bytes) {
    try {
      Object value = codec.decode(bytes);
      if (!Arrays.equals(bytes, codec.encode(value))) {
        throw new IllegalStateException("not the one encoding of " + value);
      }
    } catch (MalformedException _) {
      // As it should be.
    }
  }
}
