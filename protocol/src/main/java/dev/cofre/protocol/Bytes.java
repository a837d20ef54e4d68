package dev.cofre.protocol;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable sequence of bytes with value equality: the form in which public keys, hashes, signatures and ciphertexts
/// travel through records. Never used for a secret, because it prints and compares itself.
///
/// Construction copies; [#toArray()] copies. Equality takes time independent of the content.
public final class Bytes implements Comparable<Bytes> {
  private static final HexFormat HEX = HexFormat.of();

  /// Zero bytes.
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /// A copy of the given bytes.
  public static Bytes of(byte... bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
  }

  /// A copy of `length` bytes from `offset`.
  public static Bytes of(byte[] bytes, int offset, int length) {
    return new Bytes(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /// `length` zero bytes.
  public static Bytes zeros(int length) {
    return new Bytes(new byte[length]);
  }

  /// Reads lower- or upper-case hexadecimal.
  ///
  /// @throws IllegalArgumentException when the text is not an even number of hexadecimal digits
  public static Bytes fromHex(String hex) {
    return new Bytes(HEX.parseHex(hex));
  }

  /// The number of bytes.
  public int length() {
    return value.length;
  }

  /// The byte at a position.
  public byte at(int index) {
    return value[index];
  }

  /// A fresh copy.
  public byte[] toArray() {
    return value.clone();
  }

  /// A copy of the bytes from `offset`, `length` of them.
  public Bytes slice(int offset, int length) {
    return of(value, offset, length);
  }

  /// Copies all bytes into `target` at `offset`.
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(value, 0, target, offset, value.length);
  }

  /// Lower-case hexadecimal.
  public String hex() {
    return HEX.formatHex(value);
  }

  /// Whether every byte is zero.
  public boolean isZero() {
    int or = 0;
    for (byte b : value) {
      or |= b;
    }
    return or == 0;
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && MessageDigest.isEqual(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return hex();
  }
}
