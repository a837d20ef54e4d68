package dev.cofre.client.crypto;

import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import java.io.InputStream;

/// Symmetric sealing with Cobblestone-256 of C2SP `chunked-encryption`: 24-byte salt ‖ 32-byte key commitment ‖ chunks of
/// 16 KiB under AES-256-GCM, the last one always shorter, if need be empty.
///
/// A sealed message opens only whole, in order, under its key and its context. The commitment makes the key unique: no message
/// opens under two keys. Keys have 32 uniform bytes; another length is an [IllegalArgumentException].
public final class Cobblestone {
  /// The length of an input key in bytes.
  public static final int KEY_LENGTH = 32;

  /// The length of the salt in bytes.
  public static final int SALT_LENGTH = 24;

  /// The length of the key commitment in bytes.
  public static final int COMMITMENT_LENGTH = 32;

  /// The length of salt and commitment, which precede the first chunk.
  public static final int HEADER_LENGTH = SALT_LENGTH + COMMITMENT_LENGTH;

  /// The plaintext bytes of every chunk but the last.
  public static final int CHUNK_LENGTH = 16 * 1024;

  /// The ciphertext bytes of every chunk but the last.
  public static final int SEALED_CHUNK_LENGTH = CHUNK_LENGTH + AesGcm.TAG_LENGTH;

  /// A message has at most this many chunks.
  public static final long MAX_CHUNKS = 1L << 38;

  /// The longest message in bytes: 4 PiB less one.
  public static final long MAX_LENGTH = MAX_CHUNKS * CHUNK_LENGTH - 1;

  static final String WHAT = "sealed content";

  private Cobblestone() {}

  /// The sealed length of a message of `length` bytes.
  ///
  /// @throws IllegalArgumentException when negative or above [#MAX_LENGTH]
  public static long sealedLength(long length) {
    if (length < 0 || length > MAX_LENGTH) {
      throw new IllegalArgumentException("no message has " + length + " bytes");
    }
    return HEADER_LENGTH + length + AesGcm.TAG_LENGTH * (length / CHUNK_LENGTH + 1);
  }

  /// The length of the message in `sealedLength` bytes.
  ///
  /// @throws Tampered when no message has that sealed length
  public static long openedLength(long sealedLength) throws Tampered {
    long chunks = sealedLength - HEADER_LENGTH;
    long last = chunks % SEALED_CHUNK_LENGTH;
    if (chunks < 0 || last < AesGcm.TAG_LENGTH || chunks / SEALED_CHUNK_LENGTH >= MAX_CHUNKS) {
      throw new Tampered(WHAT);
    }
    return chunks / SEALED_CHUNK_LENGTH * CHUNK_LENGTH + last - AesGcm.TAG_LENGTH;
  }

  /// Seals a whole message under a fresh salt.
  public static byte[] seal(SecretBytes key, byte[] context, byte[] message, RandomSource random) {
    byte[] sealed = new byte[Math.toIntExact(sealedLength(message.length))];
    Bytes salt = random.bytes(SALT_LENGTH);
    salt.copyTo(sealed, 0);
    try (CobblestoneKeys keys = CobblestoneKeys.derive(key, salt.toArray(), context)) {
      keys.commitment().copyTo(sealed, SALT_LENGTH);
      int written = HEADER_LENGTH;
      for (int chunk = 0; written < sealed.length; chunk++) {
        int from = chunk * CHUNK_LENGTH;
        int length = Math.min(CHUNK_LENGTH, message.length - from);
        written += keys.seal(chunk, message, from, length, sealed, written);
      }
    }
    return sealed;
  }

  /// Opens a whole message.
  ///
  /// @throws Tampered when anything about it is not as sealed
  public static byte[] open(SecretBytes key, byte[] context, byte[] sealed) throws Tampered {
    byte[] message = new byte[Math.toIntExact(openedLength(sealed.length))];
    try (ChunkOpener chunks =
        new ChunkOpener(key, context, Bytes.of(sealed, 0, HEADER_LENGTH), sealed.length)) {
      for (int i = 0; i < chunks.count(); i++) {
        int from = (int) chunks.offset(i);
        chunks.open(i, sealed, from, chunks.sealedLength(i), message, i * CHUNK_LENGTH);
      }
    }
    return message;
  }

  /// A stream that reads `message` to its end and yields it sealed under a fresh salt.
  public static SealingStream sealing(
      SecretBytes key, byte[] context, InputStream message, RandomSource random) {
    return new SealingStream(key, context, message, random);
  }

  /// A stream that reads `sealed`, header included, to its end and yields the verified message.
  public static OpeningStream opening(SecretBytes key, byte[] context, InputStream sealed) {
    return new OpeningStream(key, context, sealed);
  }

  /// Whether a message was sealed under this key and context, as far as its commitment tells: `sealedPrefix` is its first
  /// [#HEADER_LENGTH] bytes or more. To be asked before a key is wrapped for somebody else.
  public static boolean matches(SecretBytes key, byte[] context, Bytes sealedPrefix) {
    if (sealedPrefix.length() < HEADER_LENGTH) {
      return false;
    }
    byte[] salt = sealedPrefix.slice(0, SALT_LENGTH).toArray();
    return CobblestoneKeys.commitment(key, salt, context)
        .equals(sealedPrefix.slice(SALT_LENGTH, COMMITMENT_LENGTH));
  }

  /// Derives the keys of a message and checks its commitment.
  static CobblestoneKeys keysFor(SecretBytes key, byte[] context, Bytes header) throws Tampered {
    if (header.length() != HEADER_LENGTH) {
      throw new Tampered(WHAT);
    }
    CobblestoneKeys keys =
        CobblestoneKeys.derive(key, header.slice(0, SALT_LENGTH).toArray(), context);
    if (!keys.commitment().equals(header.slice(SALT_LENGTH, COMMITMENT_LENGTH))) {
      keys.close();
      throw new Tampered(WHAT);
    }
    return keys;
  }
}
