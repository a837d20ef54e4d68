package dev.cofre.protocol.api;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;
import java.util.List;
import java.util.regex.Pattern;

/// Bringing blobs to the server: one upload makes one object, which holds one large blob or several small ones, one after
/// the other.
public final class Uploads {
  /// Bytes of every part but the last.
  public static final int PART_SIZE = 8 << 20;

  /// An object of more than one blob is at most this long.
  public static final int MAX_PACK = 16 << 20;

  /// An object is at most this long: 10 000 parts.
  public static final long MAX_OBJECT = 10_000L * PART_SIZE;

  private Uploads() {}

  /// A blob and the length of its ciphertext.
  public record Blob(BlobId blob, long length) {
    public Blob {
      if (length <= 0 || length > MAX_OBJECT) {
        throw new IllegalArgumentException("a blob of " + length + " bytes");
      }
    }
  }

  /// The blobs of one object, in order. The client makes the upload's id, so asking again finds the same upload.
  public record Begin(UploadId upload, @Length(min = 1, max = 4096) List<Blob> blobs) {
    /// The wire form.
    public static final Codec<Begin> CODEC = Codec.of(Begin.class);

    public Begin {
      blobs = List.copyOf(blobs);
      if (blobs.size() > 1 && blobs.stream().mapToLong(Blob::length).sum() > MAX_PACK) {
        throw new IllegalArgumentException("a pack of more than 16 MiB");
      }
    }

    /// Length of the object.
    public long length() {
      return blobs.stream().mapToLong(Blob::length).sum();
    }
  }

  /// How far an upload is: the parts that are stored durably (numbered from 1), and whether it is complete.
  public record State(
      UploadId upload, long length, @Length(max = 10_000) List<Part> parts, Stage stage) {
    /// The wire form.
    public static final Codec<State> CODEC = Codec.of(State.class);
  }

  /// A stored part.
  public record Part(int number) {}

  /// What a part is to be that its sender puts into the storage: the SHA-256 of its bytes. Its length follows from the upload's.
  public record PartHash(@Length(min = 32, max = 32) Bytes sha256) {
    /// The wire form.
    public static final Codec<PartHash> CODEC = Codec.of(PartHash.class);
  }

  /// What the storage called a part when it had stored it (its ETag, without quotation marks).
  public record Receipt(@Length(min = 1, max = 200) String tag) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9+/=_.-]+");

    /// The wire form.
    public static final Codec<Receipt> CODEC = Codec.of(Receipt.class);

    public Receipt {
      if (!FORM.matcher(tag).matches()) {
        throw new IllegalArgumentException("not what a storage calls a part");
      }
    }
  }

  /// The ordinal is the wire form.
  public enum Stage {
    /// Waits for parts.
    OPEN,
    /// Its blobs can be committed.
    COMPLETE
  }
}
