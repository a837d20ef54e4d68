package dev.cofre.client.hostile;

import dev.cofre.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// A CBOR value as a hostile server writes it: nothing about it need be right.
sealed interface Node {
  void write(ByteArrayOutputStream out);

  /// The same, to be changed without changing this.
  default Node copy() {
    return this;
  }

  /// An unsigned integer.
  record Number(long value) implements Node {
    @Override
    public void write(ByteArrayOutputStream out) {
      head(out, 0, value);
    }
  }

  /// A byte string.
  record String(Bytes value) implements Node {
    @Override
    public void write(ByteArrayOutputStream out) {
      head(out, 2, value.length());
      out.writeBytes(value.toArray());
    }
  }

  /// A text, as its bytes.
  record Text(Bytes value) implements Node {
    @Override
    public void write(ByteArrayOutputStream out) {
      head(out, 3, value.length());
      out.writeBytes(value.toArray());
    }
  }

  /// An array, which can be changed.
  record Array(List<Node> elements) implements Node {
    @Override
    public void write(ByteArrayOutputStream out) {
      head(out, 4, elements.size());
      elements.forEach(element -> element.write(out));
    }

    @Override
    public Node copy() {
      List<Node> copies = new ArrayList<>();
      elements.forEach(element -> copies.add(element.copy()));
      return new Array(copies);
    }
  }

  /// Anything else: these very bytes.
  record Verbatim(Bytes encoded) implements Node {
    static final Verbatim NULL = of(0xf6);

    static Verbatim of(int... bytes) {
      byte[] encoded = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        encoded[i] = (byte) bytes[i];
      }
      return new Verbatim(Bytes.of(encoded));
    }

    @Override
    public void write(ByteArrayOutputStream out) {
      out.writeBytes(encoded.toArray());
    }
  }

  /// The bytes of this value.
  default Bytes encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out);
    return Bytes.of(out.toByteArray());
  }

  /// The same value with every length and number one step longer than it has to be.
  default Node padded() {
    byte[] plain = encode().toArray();
    int information = plain[0] & 0x1f;
    int major = plain[0] & 0xe0;
    byte[] longer;
    if (information < 24) {
      longer = new byte[plain.length + 1];
      longer[0] = (byte) (major | 24);
      longer[1] = (byte) information;
      System.arraycopy(plain, 1, longer, 2, plain.length - 1);
    } else {
      int width = 1 << (information - 24);
      longer = new byte[plain.length + width];
      longer[0] = (byte) (major | (information + 1));
      System.arraycopy(plain, 1, longer, 1 + width, plain.length - 1);
    }
    return new Verbatim(Bytes.of(longer));
  }

  private static void head(ByteArrayOutputStream out, int major, long value) {
    int width =
        value < 24 ? 0 : value < 1 << 8 ? 1 : value < 1 << 16 ? 2 : value < 1L << 32 ? 4 : 8;
    int information =
        switch (width) {
          case 0 -> (int) value;
          case 1 -> 24;
          case 2 -> 25;
          case 4 -> 26;
          default -> 27;
        };
    out.write(major << 5 | information);
    for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
  }

  /// Reads what an honest server wrote.
  static Node read(byte[] encoded) {
    Reader reader = new Reader(encoded);
    Node node = reader.next();
    if (reader.at != encoded.length) {
      throw new IllegalArgumentException("more than one value");
    }
    return node;
  }

  /// Where a reading is.
  final class Reader {
    private final byte[] encoded;
    private int at;

    private Reader(byte[] encoded) {
      this.encoded = encoded;
    }

    private Node next() {
      int first = encoded[at++] & 0xff;
      if (first == 0xf6) {
        return Verbatim.NULL;
      }
      long value = first & 0x1f;
      if (value >= 24) {
        int width = 1 << (value - 24);
        value = 0;
        for (int i = 0; i < width; i++) {
          value = value << 8 | (encoded[at++] & 0xff);
        }
      }
      return switch (first >>> 5) {
        case 0 -> new Number(value);
        case 2 -> new String(take((int) value));
        case 3 -> new Text(take((int) value));
        case 4 -> {
          List<Node> elements = new ArrayList<>();
          for (long i = 0; i < value; i++) {
            elements.add(next());
          }
          yield new Array(elements);
        }
        default -> throw new IllegalArgumentException("not of the protocol: " + first);
      };
    }

    private Bytes take(int length) {
      Bytes taken = Bytes.of(encoded, at, length);
      at += length;
      return taken;
    }
  }
}
