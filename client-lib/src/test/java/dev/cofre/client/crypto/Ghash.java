package dev.cofre.client.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// The authenticator of AES-GCM taken apart (NIST SP 800-38D): enough to make one ciphertext with one tag that two keys accept.
final class Ghash {
  static final int BLOCK = 16;

  private final Element key;
  private final Element mask;
  private final byte[] stream;

  /// An element of GF(2^128), its first bit the highest.
  private record Element(long high, long low) {
    static final Element ONE = new Element(1L << 63, 0);

    static Element of(byte[] bytes, int offset) {
      ByteBuffer block = ByteBuffer.wrap(Arrays.copyOfRange(bytes, offset, offset + BLOCK));
      return new Element(block.getLong(), block.getLong());
    }

    byte[] bytes() {
      return ByteBuffer.allocate(BLOCK).putLong(high).putLong(low).array();
    }

    Element plus(Element other) {
      return new Element(high ^ other.high, low ^ other.low);
    }

    Element times(Element other) {
      Element product = new Element(0, 0);
      Element shifted = other;
      for (int i = 0; i < 128; i++) {
        long word = i < 64 ? high : low;
        if ((word >>> (63 - i % 64) & 1) != 0) {
          product = product.plus(shifted);
        }
        long reduction = (shifted.low & 1) == 0 ? 0 : 0xe1L << 56;
        shifted =
            new Element(shifted.high >>> 1 ^ reduction, shifted.low >>> 1 | shifted.high << 63);
      }
      return product;
    }

    /// To the power 2^128 − 2.
    Element inverse() {
      Element power = this;
      Element inverse = ONE;
      for (int i = 1; i < 128; i++) {
        power = power.times(power);
        inverse = inverse.times(power);
      }
      return inverse;
    }
  }

  /// The GCM of one key and nonce, for up to 64 blocks.
  Ghash(byte[] aesKey, byte[] nonce) throws Exception {
    Cipher block = Cipher.getInstance("AES/ECB/NoPadding");
    block.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(aesKey, "AES"));
    key = Element.of(block.doFinal(new byte[BLOCK]), 0);
    mask = Element.of(block.doFinal(counter(nonce, 1)), 0);
    ByteBuffer pad = ByteBuffer.allocate(64 * BLOCK);
    for (int i = 0; i < 64; i++) {
      pad.put(block.doFinal(counter(nonce, 2 + i)));
    }
    stream = pad.array();
  }

  private static byte[] counter(byte[] nonce, int count) {
    return ByteBuffer.allocate(BLOCK).put(nonce).putInt(count).array();
  }

  /// What the key makes of a ciphertext.
  byte[] decrypt(byte[] ciphertext) {
    byte[] plain = ciphertext.clone();
    for (int i = 0; i < plain.length; i++) {
      plain[i] ^= stream[i];
    }
    return plain;
  }

  private Element tag(byte[] ciphertext) {
    Element sum = new Element(0, 0);
    for (int at = 0; at < ciphertext.length; at += BLOCK) {
      sum = sum.plus(Element.of(ciphertext, at)).times(key);
    }
    return sum.plus(new Element(0, ciphertext.length * 8L)).times(key).plus(mask);
  }

  /// A ciphertext of whole blocks and its tag, which both accept: the block number `free` of it is chosen so that the two tags are
  /// one, all others are as given.
  static byte[] accepted(Ghash one, Ghash other, byte[] ciphertext, int free) {
    byte[] made = ciphertext.clone();
    Arrays.fill(made, free * BLOCK, (free + 1) * BLOCK, (byte) 0);
    int exponent = made.length / BLOCK - free + 1;
    Element difference = one.tag(made).plus(other.tag(made));
    Element factor = power(one.key, exponent).plus(power(other.key, exponent));
    byte[] block = difference.times(factor.inverse()).bytes();
    System.arraycopy(block, 0, made, free * BLOCK, BLOCK);
    byte[] whole = Arrays.copyOf(made, made.length + BLOCK);
    System.arraycopy(one.tag(made).bytes(), 0, whole, made.length, BLOCK);
    return whole;
  }

  private static Element power(Element base, int exponent) {
    Element power = Element.ONE;
    for (int i = 0; i < exponent; i++) {
      power = power.times(base);
    }
    return power;
  }
}
