package dev.cofre.protocol.api;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;
import java.util.List;
import java.util.Optional;

/// Opening a send with its link, and what the vault's members hear of it.
public final class Sends {
  /// Bytes of an access token and of an opening's token.
  public static final int TOKEN_LENGTH = 32;

  /// Bytes of the proof of a passcode.
  public static final int PROOF_LENGTH = 32;

  /// Most ciphertext of a manifest, in bytes.
  public static final int MAX_MANIFEST = 4 << 20;

  private Sends() {}

  /// Whether something is asked of whoever opens it.
  public enum Need {
    /// No.
    NONE,
    /// Yes.
    NEEDED
  }

  /// What whoever has the link may know before they open it. Asking changes nothing.
  ///
  /// @param expires until when it can be opened, in milliseconds since 1970
  /// @param left how often it can still be opened, where that is limited
  /// @param code whether a code goes to an e-mail address first
  /// @param agreement SHA-256 of a text that must be signed first
  /// @param sealed SHA-256 of the manifest's blob
  public record State(
      long expires,
      Optional<Long> left,
      Need passcode,
      Need code,
      Optional<Hash> agreement,
      @Length(min = 1, max = 1024) Bytes preface,
      Hash sealed) {
    /// The wire form.
    public static final Codec<State> CODEC = Codec.of(State.class);
  }

  /// The deliberate act: uses up one opening. `opening` is a token that the opener makes; the same again is the same opening, and
  /// uses up no other.
  public record Open(
      @Length(min = TOKEN_LENGTH, max = TOKEN_LENGTH) Bytes opening,
      @Length(min = PROOF_LENGTH, max = PROOF_LENGTH) Optional<Bytes> proof,
      @Length(min = 1, max = 16) Optional<String> code) {
    /// The wire form.
    public static final Codec<Open> CODEC = Codec.of(Open.class);

    @Override
    public String toString() {
      return "Open";
    }
  }

  /// Until when the opening's token brings blobs, in milliseconds since 1970, and which of them says what the others are.
  public record Opened(long until, BlobId manifest, long length) {
    /// The wire form.
    public static final Codec<Opened> CODEC = Codec.of(Opened.class);
  }

  /// How often a send was opened, and the newest openings, newest first.
  public record Openings(long opened, @Length(max = Openings.MAX) List<Opening> openings) {
    /// Most openings in one answer.
    public static final int MAX = 1000;

    /// The wire form.
    public static final Codec<Openings> CODEC = Codec.of(Openings.class);
  }

  /// One opening: when, from which network (an IPv4 /24 or an IPv6 /48), and by which verified e-mail address.
  public record Opening(
      long time, @Length(max = 64) String network, @Length(max = 254) Optional<String> email) {}
}
