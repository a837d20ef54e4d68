package dev.cofre.protocol.fuzz;

import dev.cofre.protocol.cbor.Codec;
import java.io.ByteArrayOutputStream;

/// The steps of an [EntriesTarget] or [CommitsTarget], being written.
final class Script<T> {
  private final Codec<T> codec;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Script(Codec<T> codec) {
    this.codec = codec;
  }

  Script<T> step(int first, int second, T value) {
    byte[] piece = codec.encode(value);
    bytes.write(first);
    bytes.write(second);
    bytes.write(piece.length >> 8);
    bytes.write(piece.length);
    bytes.writeBytes(piece);
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
