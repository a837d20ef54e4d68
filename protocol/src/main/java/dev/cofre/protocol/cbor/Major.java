package dev.cofre.protocol.cbor;

/// The CBOR major types in use (RFC 8949, section 3.1). Negative integers, maps, tags and floats never occur.
final class Major {
  static final int UNSIGNED = 0;
  static final int BYTES = 2;
  static final int TEXT = 3;
  static final int ARRAY = 4;

  /// The one simple value in use.
  static final int NULL = 0xF6;

  private Major() {}
}
