package dev.cofre.client.fuzz;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.format.ContentSeal;
import dev.cofre.client.format.OpenedContent;
import dev.cofre.client.format.PaddedFrame;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The reader of a file's content, at one of three depths: any bytes as a blob; any bytes as the frame inside a blob that is sealed
/// properly; a proper blob with changes, cuts and repetitions. Content comes out only if it is what sealing it again would give.
public final class BlobsTarget {
  private static final byte[] CONTEXT =
      SealedRecords.contentContext(Fixed.TEAM, Fixed.VAULT, Fixed.FILE, Fixed.BLOB);
  private static final int DEPTHS = 3;

  private BlobsTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Input in = new Input(input);
    int depth = in.number() % DEPTHS;
    int step = 1 + in.number();
    try {
      switch (depth) {
        case 0 -> any(in.rest(), step);
        case 1 -> frame(in.rest(), step);
        default -> changed(in, step);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void any(byte[] blob, int step) throws IOException {
    byte[] content = open(blob, 100, Hashes.sha256(new byte[100]), step);
    if (content != null && !Arrays.equals(blob, seal(content))) {
      throw new IllegalStateException("not what sealing gives");
    }
  }

  private static void frame(byte[] frame, int step) throws IOException {
    long length = frame.length < 8 ? 0 : ByteBuffer.wrap(frame).getLong();
    int end = Math.clamp(length, 0, Math.max(0, frame.length - 8));
    byte[] said =
        Arrays.copyOfRange(frame, Math.min(8, frame.length), Math.min(8, frame.length) + end);
    byte[] content = open(sealed(frame), length, Hashes.sha256(said), step);
    if (content != null && (!Arrays.equals(said, content) || !Arrays.equals(frame, framed(said)))) {
      throw new IllegalStateException("not the one frame of its content");
    }
  }

  /// Each change is two bytes of place and one that says what happens there.
  private static void changed(Input in, int step) throws IOException {
    byte[] content = in.piece();
    byte[] blob = seal(content);
    byte[] other = blob.clone();
    while (in.hasMore()) {
      int place = (in.number() << 8 | in.number()) % Math.max(1, other.length);
      other = change(other, place, in.number());
    }
    byte[] opened = open(other, content.length, Hashes.sha256(content), step);
    if ((opened != null) != Arrays.equals(blob, other)) {
      throw new IllegalStateException("a changed blob opens, or a proper one does not");
    }
  }

  private static byte[] change(byte[] blob, int place, int how) {
    switch (how & 3) {
      case 0:
        return Arrays.copyOf(blob, place);
      case 1:
        byte[] longer = Arrays.copyOf(blob, blob.length + how);
        System.arraycopy(
            blob,
            place,
            longer,
            Math.min(longer.length, place + how),
            Math.max(0, blob.length - place));
        return longer;
      case 2:
        return Arrays.copyOfRange(blob, Math.min(place, how), blob.length);
      default:
        byte[] flipped = blob.clone();
        if (flipped.length > 0) {
          flipped[place] ^= (byte) (how >> 2);
        }
        return flipped;
    }
  }

  /// The content, or null where the blob was refused.
  private static byte[] open(byte[] blob, long length, Bytes hash, int step) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[step];
    try (SecretBytes key = Fixed.key();
        OpenedContent content =
            ContentSeal.open(key, CONTEXT, new ByteArrayInputStream(blob), length, hash)) {
      for (int count; (count = content.read(buffer)) >= 0; ) {
        out.write(buffer, 0, count);
      }
      if (!content.isVerified()) {
        throw new IllegalStateException("an end that is not verified");
      }
      return out.toByteArray();
    } catch (StreamFailure carried) {
      CofreException failure = carried.failure();
      if (failure instanceof Tampered || failure instanceof Malformed) {
        return null;
      }
      throw new IllegalStateException("another failure", failure);
    }
  }

  static byte[] seal(byte[] content) throws IOException {
    try (SecretBytes key = Fixed.key()) {
      return ContentSeal.seal(
              key, CONTEXT, new ByteArrayInputStream(content), content.length, Fixed.random())
          .readAllBytes();
    }
  }

  private static byte[] sealed(byte[] frame) {
    try (SecretBytes key = Fixed.key()) {
      return Cobblestone.seal(key, CONTEXT, frame, Fixed.random());
    }
  }

  static byte[] framed(byte[] content) throws IOException {
    return PaddedFrame.framing(new ByteArrayInputStream(content), content.length).readAllBytes();
  }
}
