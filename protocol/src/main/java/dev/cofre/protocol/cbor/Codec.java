package dev.cofre.protocol.cbor;

/// Turns values of one record type into deterministic CBOR and back. The record declaration is the format:
///
/// | Java | CBOR |
/// |---|---|
/// | record | array of its components in order; with [Versioned], the number 1 first |
/// | sealed interface of records with [Kind] | the record's array with the kind's number first |
/// | `int`, `long` | unsigned integer |
/// | `String`, `Bytes`, `List` (with [Length]) | text, byte string, array |
/// | an id | byte string of its fixed length |
/// | enum | unsigned integer, the ordinal |
/// | `Optional` | null or the value |
///
/// There is exactly one encoding of a value, and reading accepts no other. Instances are immutable.
public final class Codec<T> {
  private final Class<T> type;
  private final Shape shape;

  private Codec(Class<T> type) {
    this.type = type;
    this.shape = Shapes.of(type);
  }

  /// The codec of a record or sealed interface.
  ///
  /// @throws IllegalArgumentException when the declaration has no CBOR form
  public static <T> Codec<T> of(Class<T> type) {
    return new Codec<>(type);
  }

  /// The one encoding of a value.
  ///
  /// @throws IllegalArgumentException when a length lies outside its declared bounds
  public byte[] encode(T value) {
    CborWriter writer = new CborWriter();
    shape.write(writer, value);
    return writer.toByteArray();
  }

  /// Reads exactly one value.
  ///
  /// @throws UpdateNeededException for an unknown version or kind
  /// @throws MalformedException for anything else that [#encode] would not have written
  public T decode(byte[] bytes) throws MalformedException {
    CborReader reader = new CborReader(bytes);
    Object value = shape.read(reader);
    reader.end();
    return type.cast(value);
  }
}
