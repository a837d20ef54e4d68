package dev.cofre.client.format;

import dev.cofre.client.crypto.Cobblestone;
import java.io.InputStream;

/// The frame of file content before sealing: 8-byte big-endian true length ‖ data ‖ zeros up to a Padmé length of at least
/// 1 KiB. There is exactly one frame for each content, and every other is refused on reading.
public final class PaddedFrame {
  /// The length of the length field in bytes.
  public static final int HEADER_LENGTH = 8;

  /// The least length of a frame in bytes.
  public static final int MIN_LENGTH = 1024;

  /// The longest content in bytes: 2 PiB, so that its padded frame is a message that can be sealed.
  public static final long MAX_CONTENT_LENGTH = 1L << 51;

  private PaddedFrame() {}

  /// The length of the frame around `contentLength` bytes.
  ///
  /// @throws IllegalArgumentException when negative or above [#MAX_CONTENT_LENGTH]
  public static long length(long contentLength) {
    if (contentLength < 0 || contentLength > MAX_CONTENT_LENGTH) {
      throw new IllegalArgumentException("no frame for " + contentLength + " bytes");
    }
    return Padme.paddedLength(Math.max(HEADER_LENGTH + contentLength, MIN_LENGTH));
  }

  /// The length of the sealed frame around `contentLength` bytes: the blob's length.
  public static long sealedLength(long contentLength) {
    return Cobblestone.sealedLength(length(contentLength));
  }

  /// A stream of the frame around `content`, which must yield exactly `contentLength` bytes; otherwise reading fails with
  /// [dev.cofre.client.failure.LocalState] of kind `FILE`.
  public static InputStream framing(InputStream content, long contentLength) {
    return new FramingStream(content, contentLength);
  }

  /// A stream of the content of `frame`. It returns −1 only after the whole frame was found canonical; otherwise reading fails
  /// with [dev.cofre.client.failure.Malformed].
  public static InputStream unframing(InputStream frame) {
    return new UnframingStream(frame);
  }
}
