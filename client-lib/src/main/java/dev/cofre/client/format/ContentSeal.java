package dev.cofre.client.format;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// File content to blob and back: frame, then Cobblestone under the content key, with the plaintext hashed once on the way.
public final class ContentSeal {
  private ContentSeal() {}

  /// A stream of the blob for `content`, which must yield exactly `length` bytes.
  ///
  /// @param contentKey a fresh random key of 32 bytes, for this content only
  /// @param context the canonical context of the blob
  public static SealedContent seal(
      SecretBytes contentKey,
      byte[] context,
      InputStream content,
      long length,
      RandomSource random) {
    return new SealedContent(contentKey, context, content, length, random);
  }

  /// A stream of the content in `blob`. It returns −1 only after the last chunk, the padding, and the recorded length and hash
  /// have verified; otherwise reading fails with a [StreamFailure].
  public static OpenedContent open(
      SecretBytes contentKey,
      byte[] context,
      InputStream blob,
      long recordedLength,
      Bytes recordedHash) {
    return new OpenedContent(
        PaddedFrame.unframing(Cobblestone.opening(contentKey, context, blob)),
        recordedLength,
        recordedHash);
  }

  /// Writes the content in `blob` to `target` and returns only when all of it has verified. On failure the target holds a
  /// prefix that must not be shown.
  ///
  /// @throws CofreException [dev.cofre.client.failure.Tampered] or [dev.cofre.client.failure.Malformed]
  /// @throws IOException when the source or the target fails
  public static void open(
      SecretBytes contentKey,
      byte[] context,
      InputStream blob,
      long recordedLength,
      Bytes recordedHash,
      OutputStream target)
      throws CofreException, IOException {
    try (OpenedContent content = open(contentKey, context, blob, recordedLength, recordedHash)) {
      content.transferTo(target);
    } catch (StreamFailure carried) {
      throw carried.failure();
    }
  }
}
