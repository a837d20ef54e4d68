package dev.cofre.client.crypto;

import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;

/// Opens the chunks of one sealed message. For one thread.
///
/// The sealed length must come from a verified place, such as a record: then a chunk that opens is the chunk at that position,
/// and the message ends where it should. Whoever has only some chunks has verified only those.
public final class ChunkOpener implements AutoCloseable {
  private final CobblestoneKeys keys;
  private final long count;
  private final int lastLength;

  /// Checks the length and the key commitment.
  ///
  /// @param header the first [Cobblestone#HEADER_LENGTH] bytes of the message
  /// @param sealedLength the verified length of the whole sealed message
  /// @throws Tampered when no message has that length, or the header was not made with this key and context
  public ChunkOpener(SecretBytes key, byte[] context, Bytes header, long sealedLength)
      throws Tampered {
    long length = Cobblestone.openedLength(sealedLength);
    count = length / Cobblestone.CHUNK_LENGTH + 1;
    lastLength = (int) (length % Cobblestone.CHUNK_LENGTH) + AesGcm.TAG_LENGTH;
    keys = Cobblestone.keysFor(key, context, header);
  }

  /// The number of chunks, at least one.
  public long count() {
    return count;
  }

  /// Where a chunk starts in the sealed message.
  public long offset(long chunk) {
    return Cobblestone.HEADER_LENGTH + chunk * Cobblestone.SEALED_CHUNK_LENGTH;
  }

  /// The sealed length of a chunk in bytes.
  public int sealedLength(long chunk) {
    if (chunk < 0 || chunk >= count) {
      throw new IndexOutOfBoundsException("no chunk " + chunk + " in a message of " + count);
    }
    return chunk == count - 1 ? lastLength : Cobblestone.SEALED_CHUNK_LENGTH;
  }

  /// Opens one chunk into `target` and returns its plaintext length.
  ///
  /// @throws Tampered when it has another length than [#sealedLength] or does not verify at this position
  public int open(
      long chunk, byte[] sealed, int offset, int length, byte[] target, int targetOffset)
      throws Tampered {
    if (length != sealedLength(chunk)) {
      throw new Tampered(Cobblestone.WHAT);
    }
    int opened = keys.open(chunk, sealed, offset, length, target, targetOffset);
    if (opened < 0) {
      throw new Tampered(Cobblestone.WHAT);
    }
    return opened;
  }

  @Override
  public void close() {
    keys.close();
  }
}
