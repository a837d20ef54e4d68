package dev.cofre.client.hostile;

import dev.cofre.protocol.Bytes;

/// The values of a tree that hold no others, counted from the first.
final class Leaves {
  private int left;

  private Leaves(int left) {
    this.left = left;
  }

  static int count(Node node) {
    return node instanceof Node.Array(var elements)
        ? elements.stream().mapToInt(Leaves::count).sum()
        : 1;
  }

  /// The same tree with one leaf changed.
  static Node changed(Node node, int leaf) {
    return new Leaves(leaf).change(node);
  }

  private Node change(Node node) {
    if (node instanceof Node.Array(var elements)) {
      return new Node.Array(elements.stream().map(this::change).toList());
    }
    return left-- == 0 ? other(node) : node;
  }

  private static Node other(Node node) {
    return switch (node) {
      case Node.Number(long value) -> new Node.Number(value ^ 1);
      case Node.String(Bytes value) -> new Node.String(flipped(value));
      case Node.Text(Bytes value) -> new Node.Text(flipped(value));
      case Node.Array _, Node.Verbatim _ -> new Node.String(Bytes.zeros(16));
    };
  }

  private static Bytes flipped(Bytes value) {
    byte[] bytes = value.toArray();
    if (bytes.length == 0) {
      return Bytes.zeros(1);
    }
    bytes[bytes.length - 1] ^= 1;
    return Bytes.of(bytes);
  }
}
