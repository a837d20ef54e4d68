package dev.cofre.client.hostile;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// Everything that can be done to one field of a record.
final class FieldMutations {
  private static final Bytes MEBIBYTE = Bytes.zeros(1 << 20);
  private static final int TYPE_NUMBER = 99;

  private final Drive drive;
  private final Field field;
  private final Donors donors;
  private final Random random;
  private final List<Mutation> all = new ArrayList<>();

  private FieldMutations(Drive drive, Field field, Donors donors) {
    this.drive = drive;
    this.field = field;
    this.donors = donors;
    this.random = new Random(field.name().hashCode());
  }

  /// The mutations of a field that holds such a value.
  static List<Mutation> of(Drive drive, Field field, Node example, Donors donors) {
    FieldMutations mutations = new FieldMutations(drive, field, donors);
    mutations.ofAny();
    switch (example) {
      case Node.Number _ -> mutations.ofNumber();
      case Node.String string -> mutations.ofString(string);
      case Node.Text _ -> mutations.ofText();
      case Node.Array _ -> mutations.ofArray();
      case Node.Verbatim _ -> mutations.ofNull();
    }
    mutations.swaps(example);
    if (field.signed()) {
      mutations.signatures(example);
    }
    return mutations.all;
  }

  private void add(String what, Consumer<Field.Spot> change) {
    all.add(
        Mutation.answer(
            drive,
            field.name() + " " + what,
            (_, honest) -> {
              if (!honest.success() || honest.body().length() == 0) {
                return honest;
              }
              Node body = Node.read(honest.body().toArray());
              field.in(body).ifPresent(change);
              return honest.body(body.encode());
            }));
  }

  private void ofAny() {
    add("dropped", spot -> spot.parent().elements().remove(spot.index()));
    add("null", spot -> spot.set(Node.Verbatim.NULL));
    add("twice", spot -> spot.parent().elements().add(spot.index(), spot.value().copy()));
    add("not canonical", spot -> spot.set(spot.value().padded()));
    add("a map", spot -> spot.set(Node.Verbatim.of(0xa2, 1, 2, 1, 2)));
    add("tagged", spot -> spot.set(new Node.Verbatim(prefixed(0xc0, spot.value().encode()))));
    add("of indefinite length", spot -> spot.set(Node.Verbatim.of(0x9f, 0xff)));
    add(
        "of a length beyond all",
        spot -> spot.set(Node.Verbatim.of(0x5b, 0x7f, 255, 255, 255, 255, 255, 255, 255)));
    add(
        "an array of a length beyond all",
        spot -> spot.set(Node.Verbatim.of(0x9a, 0x7f, 255, 255, 255)));
    add("deep", spot -> spot.set(deep()));
  }

  private static Node deep() {
    byte[] nested = new byte[100_000];
    Arrays.fill(nested, (byte) 0x81);
    return new Node.Verbatim(Bytes.of(nested));
  }

  private static Bytes prefixed(int first, Bytes rest) {
    byte[] all = new byte[rest.length() + 1];
    all[0] = (byte) first;
    rest.copyTo(all, 1);
    return Bytes.of(all);
  }

  private void ofNumber() {
    number("0", _ -> 0);
    number("one more", value -> value + 1);
    number("one less", value -> Math.max(0, value - 1));
    number("2^31", _ -> 1L << 31);
    number("2^53 + 1", _ -> (1L << 53) + 1);
    number("2^63 - 1", _ -> Long.MAX_VALUE);
    number("of an unknown kind", _ -> TYPE_NUMBER);
    add("2^63", spot -> spot.set(Node.Verbatim.of(0x1b, 0x80, 0, 0, 0, 0, 0, 0, 0)));
    add("negative", spot -> spot.set(Node.Verbatim.of(0x20)));
    add("a float", spot -> spot.set(Node.Verbatim.of(0xf9, 0x3c, 0)));
    add("a byte string", spot -> spot.set(new Node.String(Bytes.zeros(8))));
  }

  /// Another number.
  private interface Other {
    long than(long value);
  }

  private void number(String what, Other other) {
    add(
        what,
        spot -> {
          if (spot.value() instanceof Node.Number(long value)) {
            spot.set(new Node.Number(other.than(value)));
          }
        });
  }

  private void ofString(Node.String example) {
    bytes("empty", _ -> Bytes.EMPTY);
    bytes("one byte shorter", value -> value.slice(0, Math.max(0, value.length() - 1)));
    bytes("half as long", value -> value.slice(0, value.length() / 2));
    bytes("one byte longer", value -> joined(value, Bytes.zeros(1)));
    bytes("1 MiB longer", value -> joined(value, MEBIBYTE));
    bytes("all zero", value -> Bytes.zeros(value.length()));
    bytes("twice over", value -> joined(value, value));
    bytes("random", value -> RandomSource.system().bytes(value.length()));
    flip("the first bit flipped", 0);
    flip("the last bit flipped", Integer.MAX_VALUE);
    for (int i = 0; i < 3; i++) {
      flip("a random bit flipped " + i, random.nextInt(1 << 20));
    }
    for (Bytes key : donors.keys()) {
      if (key.length() == example.value().length()) {
        bytes("a key of the server", _ -> key);
      }
    }
    add("a number", spot -> spot.set(new Node.Number(7)));
    add("a text", spot -> spot.set(new Node.Text(((Node.String) spot.value()).value())));
  }

  /// Other bytes.
  private interface OtherBytes {
    Bytes than(Bytes value);
  }

  private void bytes(String what, OtherBytes other) {
    add(
        what,
        spot -> {
          if (spot.value() instanceof Node.String(Bytes value)) {
            spot.set(new Node.String(other.than(value)));
          }
        });
  }

  private void flip(String what, int at) {
    bytes(
        what,
        value -> {
          byte[] flipped = value.toArray();
          if (flipped.length > 0) {
            int bit = at == Integer.MAX_VALUE ? flipped.length * 8 - 1 : at % (flipped.length * 8);
            flipped[bit / 8] ^= (byte) (0x80 >> bit % 8);
          }
          return Bytes.of(flipped);
        });
  }

  private static Bytes joined(Bytes one, Bytes two) {
    byte[] both = new byte[one.length() + two.length()];
    one.copyTo(both, 0);
    two.copyTo(both, one.length());
    return Bytes.of(both);
  }

  private void ofText() {
    add("empty", spot -> spot.set(new Node.Text(Bytes.EMPTY)));
    add("1 MiB longer", spot -> spot.set(new Node.Text(MEBIBYTE)));
    add(
        "another",
        spot ->
            spot.set(new Node.Text(Bytes.of("\u001b[2J\u202eX".getBytes(StandardCharsets.UTF_8)))));
    add("not UTF-8", spot -> spot.set(new Node.Text(Bytes.of((byte) 0xc0, (byte) 0x80))));
    add("a number", spot -> spot.set(new Node.Number(7)));
  }

  private void ofNull() {
    add("a number", spot -> spot.set(new Node.Number(7)));
  }

  private void ofArray() {
    add("empty", spot -> spot.set(new Node.Array(new ArrayList<>())));
    array("without its first", list -> list.removeFirst());
    array("without its last", list -> list.removeLast());
    array("with its first twice", list -> list.addFirst(list.getFirst().copy()));
    array("with its last twice", list -> list.addLast(list.getLast().copy()));
    array("backwards", Collections::reverse);
    array("with one element too many", list -> list.addLast(new Node.Number(1)));
    array("with null too many", list -> list.addLast(Node.Verbatim.NULL));
    add("a number", spot -> spot.set(new Node.Number(7)));
    add("a byte string", spot -> spot.set(new Node.String(Bytes.zeros(40))));
    if (!field.record()) {
      array(
          "a hundred thousand times",
          list -> {
            Node first = new Node.Verbatim(list.getFirst().encode());
            int times = Math.min(100_000, (15 << 20) / Math.max(1, first.encode().length()));
            for (int i = 0; i < times; i++) {
              list.add(first);
            }
          });
    }
  }

  private void array(String what, Consumer<List<Node>> change) {
    add(
        what,
        spot -> {
          if (spot.value() instanceof Node.Array(List<Node> elements) && !elements.isEmpty()) {
            change.accept(elements);
          }
        });
  }

  private void swaps(Node example) {
    int number = 0;
    for (Node other : donors.values(drive.route(), field, example)) {
      add("swapped for another " + number++, spot -> spot.set(other.copy()));
    }
  }

  /// The payload as it was under other signatures, and each of its values changed, under the true signature and under others.
  private void signatures(Node example) {
    donors
        .signers()
        .forEach((who, signer) ->
            add("signed by " + who, spot -> spot.set(donors.resigned(spot.value(), signer))));
    int leaves = Leaves.count(payload(example));
    for (int i = 0; i < leaves; i++) {
      int leaf = i;
      add("with value " + leaf + " changed", spot -> spot.set(changed(spot.value(), leaf)));
      donors
          .signers()
          .forEach((who, signer) ->
              add(
                  "with value " + leaf + " changed, signed by " + who,
                  spot -> spot.set(donors.resigned(changed(spot.value(), leaf), signer))));
    }
  }

  private static Node payload(Node signed) {
    return signed instanceof Node.Array(var parts)
            && parts.getFirst() instanceof Node.String(Bytes payload)
        ? Node.read(payload.toArray())
        : Node.Verbatim.NULL;
  }

  private static Node changed(Node signed, int leaf) {
    if (!(signed instanceof Node.Array(var parts)) || Leaves.count(payload(signed)) <= leaf) {
      return signed;
    }
    Bytes other = Leaves.changed(payload(signed), leaf).encode();
    return new Node.Array(new ArrayList<>(List.of(new Node.String(other), parts.get(1))));
  }
}
