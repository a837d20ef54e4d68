package dev.cofre.client.crypto;

import dev.cofre.client.failure.Malformed;
import dev.cofre.protocol.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id, version 1.3 (RFC 9106): a key from a passphrase. A passphrase is the UTF-8 of its Unicode normal form C, so that
/// one typed on another keyboard gives the same key.
public final class Argon2 {
  /// The length of a derived key in bytes.
  public static final int KEY_LENGTH = 32;

  /// The shortest salt in bytes.
  public static final int MIN_SALT_LENGTH = 16;

  private Argon2() {}

  /// What one derivation costs, within a floor (against guessing) and a ceiling (against a file that asks for the whole
  /// machine). Checked before any memory is taken.
  ///
  /// @param memoryKib 65 536 (64 MiB) to 1 048 576 (1 GiB)
  /// @param iterations 3 to 16
  /// @param parallelism 1 to 4
  public record Cost(int memoryKib, int iterations, int parallelism) {
    /// The least that is accepted, and what new keystores use.
    public static final Cost FLOOR = new Cost(64 * 1024, 3, 1);

    /// Refuses what lies outside the bounds.
    public Cost {
      if (!isWithinBounds(memoryKib, iterations, parallelism)) {
        throw new IllegalArgumentException("Argon2id cost outside its bounds");
      }
    }

    /// The cost recorded in a file.
    ///
    /// @throws Malformed when it lies outside the bounds, or is more memory than the floor and than half of what this Java may use
    public static Cost read(long memoryKib, long iterations, long parallelism) throws Malformed {
      if (!isWithinBounds(memoryKib, iterations, parallelism)) {
        throw new Malformed("the recorded cost of the passphrase lies outside its bounds");
      }
      if (memoryKib > FLOOR.memoryKib()
          && memoryKib * 1024 > Runtime.getRuntime().maxMemory() / 2) {
        throw new Malformed("the recorded cost of the passphrase is more memory than there is");
      }
      return new Cost((int) memoryKib, (int) iterations, (int) parallelism);
    }

    private static boolean isWithinBounds(long memoryKib, long iterations, long parallelism) {
      return memoryKib >= 64 * 1024
          && memoryKib <= 1024 * 1024
          && iterations >= 3
          && iterations <= 16
          && parallelism >= 1
          && parallelism <= 4;
    }
  }

  /// Derives a 32-byte key. The caller wipes the passphrase.
  ///
  /// @throws Malformed when the passphrase is not valid Unicode text
  public static SecretBytes derive(char[] passphrase, Bytes salt, Cost cost) throws Malformed {
    if (salt.length() < MIN_SALT_LENGTH) {
      throw new IllegalArgumentException("a salt has at least 16 bytes");
    }
    byte[] encoded = encode(passphrase);
    try {
      Argon2Parameters parameters =
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withSalt(salt.toArray())
              .withMemoryAsKB(cost.memoryKib())
              .withIterations(cost.iterations())
              .withParallelism(cost.parallelism())
              .build();
      byte[] key = new byte[KEY_LENGTH];
      generate(parameters, encoded, key);
      return SecretBytes.taking(key);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  static void generate(Argon2Parameters parameters, byte[] passphrase, byte[] key) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    generator.generateBytes(passphrase, key);
  }

  /// The UTF-8 of normal form C. Only text that is not yet in that form passes through a string, which cannot be wiped.
  static byte[] encode(char[] passphrase) throws Malformed {
    CharBuffer text = CharBuffer.wrap(passphrase);
    if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
      text = CharBuffer.wrap(Normalizer.normalize(text, Normalizer.Form.NFC));
    }
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    ByteBuffer buffer = ByteBuffer.allocate(text.remaining() * 3);
    try {
      CoderResult result = encoder.encode(text, buffer, true);
      if (result.isError() || encoder.flush(buffer).isError()) {
        throw new Malformed("the passphrase is not valid text");
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    } finally {
      Arrays.fill(buffer.array(), (byte) 0);
    }
  }
}
