package dev.cofre.protocol.api;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Bringing blobs from the server, many in one answer.
public final class Blobs {
  /// Most ciphertext in one answer, in bytes.
  public static final int MAX_BYTES = 16 << 20;

  /// How long an address is good for, in seconds.
  public static final int ADDRESS_SECONDS = 120;

  /// Only objects longer than this, in bytes, are put and read in the storage itself: for less it is not worth the questions.
  public static final int DIRECT_ABOVE = 1 << 20;

  private Blobs() {}

  /// Where in the storage one thing may be done by whoever has this text, which is therefore a secret: an absolute address. Nothing where
  /// the server does it.
  public record Address(@Length(max = 4096) Optional<String> url) {
    /// The wire form.
    public static final Codec<Address> CODEC = Codec.of(Address.class);

    @Override
    public String toString() {
      return url.isPresent() ? "Address[in the storage]" : "Address[none]";
    }
  }

  /// Different blobs, whose ciphertexts are wanted one after the other in this order: at most [#MAX_BYTES] together.
  public record Wanted(@Length(min = 1, max = Wanted.MAX) List<BlobId> blobs) {
    /// Most in one request.
    public static final int MAX = 1024;

    /// The wire form.
    public static final Codec<Wanted> CODEC = Codec.of(Wanted.class);

    public Wanted {
      blobs = List.copyOf(blobs);
      if (new HashSet<>(blobs).size() < blobs.size()) {
        throw new IllegalArgumentException("a blob that is wanted twice");
      }
    }
  }
}
