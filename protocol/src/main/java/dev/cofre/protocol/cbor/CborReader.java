package dev.cofre.protocol.cbor;

import dev.cofre.protocol.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Reads what [CborWriter] writes and nothing else. Every length is compared with a limit and with the bytes that remain
/// before anything is allocated; integers must be in their shortest form; text must be well-formed UTF-8.
final class CborReader {
  private final byte[] input;
  private int position;

  CborReader(byte[] input) {
    this.input = input;
  }

  long unsigned() throws MalformedException {
    return head(Major.UNSIGNED);
  }

  Bytes bytes(int min, int max) throws MalformedException {
    int length = length(Major.BYTES, min, max);
    Bytes value = Bytes.of(input, position, length);
    position += length;
    return value;
  }

  String text(int min, int max) throws MalformedException {
    int length = length(Major.TEXT, min, max);
    try {
      String value =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(input, position, length))
              .toString();
      position += length;
      return value;
    } catch (CharacterCodingException e) {
      throw new MalformedException("text that is not UTF-8");
    }
  }

  /// The number of elements of an array; at least that many bytes remain.
  int array(int min, int max) throws MalformedException {
    return length(Major.ARRAY, min, max);
  }

  /// Consumes a null if one comes next.
  boolean nothing() throws MalformedException {
    if (remaining() == 0) {
      throw new MalformedException("ends too early");
    }
    boolean isNull = (input[position] & 0xFF) == Major.NULL;
    if (isNull) {
      position++;
    }
    return isNull;
  }

  void end() throws MalformedException {
    if (remaining() != 0) {
      throw new MalformedException(remaining() + " bytes too many");
    }
  }

  private int length(int major, int min, int max) throws MalformedException {
    long length = head(major);
    if (length < min || length > max) {
      throw new MalformedException("length " + length + " outside " + min + ".." + max);
    }
    if (length > remaining()) {
      throw new MalformedException("ends too early");
    }
    return (int) length;
  }

  private long head(int major) throws MalformedException {
    int first = next();
    if (first >>> 5 != major) {
      throw new MalformedException("unexpected type");
    }
    int information = first & 0x1F;
    if (information < 24) {
      return information;
    }
    if (information > 27) {
      throw new MalformedException("indefinite or reserved length");
    }
    int width = 1 << (information - 24);
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = (value << 8) | next();
    }
    long smallest = width == 1 ? 24 : 1L << (width * 4);
    if (value < smallest) {
      throw new MalformedException("integer not in its shortest form, or beyond 2^63-1");
    }
    return value;
  }

  private int next() throws MalformedException {
    if (remaining() == 0) {
      throw new MalformedException("ends too early");
    }
    return input[position++] & 0xFF;
  }

  private int remaining() {
    return input.length - position;
  }
}
