package dev.cofre.protocol.cbor;

import dev.cofre.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes the deterministic subset of CBOR (RFC 8949, section 4.2.1) that the protocol uses: unsigned integers, byte
/// strings, text, arrays of definite length and null, each in its shortest form.
final class CborWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  void unsigned(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative integer");
    }
    head(Major.UNSIGNED, value);
  }

  void bytes(Bytes value) {
    head(Major.BYTES, value.length());
    out.writeBytes(value.toArray());
  }

  void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    head(Major.TEXT, utf8.length);
    out.writeBytes(utf8);
  }

  void array(int length) {
    head(Major.ARRAY, length);
  }

  void nothing() {
    out.write(Major.NULL);
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  private void head(int major, long value) {
    if (value < 24) {
      out.write((major << 5) | (int) value);
    } else if (value <= 0xFF) {
      tail(major, 24, value, 1);
    } else if (value <= 0xFFFF) {
      tail(major, 25, value, 2);
    } else if (value <= 0xFFFF_FFFFL) {
      tail(major, 26, value, 4);
    } else {
      tail(major, 27, value, 8);
    }
  }

  private void tail(int major, int information, long value, int length) {
    out.write((major << 5) | information);
    for (int shift = (length - 1) * 8; shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
  }
}
