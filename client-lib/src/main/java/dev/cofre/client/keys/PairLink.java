package dev.cofre.client.keys;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.Hkdf;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Context;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.cbor.Versioned;
import dev.cofre.protocol.signed.SignedBytes;

/// The link that one device of a member shows to a new one, `ORIGIN/pair#…`. From its secret of 128 bits follow the slot on the
/// server through which the new device sends its statement, and the key that seals it.
public final class PairLink implements AutoCloseable {
  private static final String PATH = "/pair";
  private static final int SECRET_LENGTH = 16;
  private static final Bytes SLOT = Bytes.of((byte) 1);
  private static final Bytes MESSAGE = Bytes.of((byte) 2);
  private static final Codec<Layout> CODEC = Codec.of(Layout.class);
  private static final Codec<SignedBytes> STATEMENT = Codec.of(SignedBytes.class);

  private final Layout layout;
  private final SecretBytes secret;

  /// What stands in the fragment. `device` is the SHA-256 of the signing key of the device that shows it.
  @Versioned
  public record Layout(
      @Length(min = 1, max = 255) String origin,
      TeamId team,
      MemberId member,
      Head head,
      Hash device,
      @Length(min = SECRET_LENGTH, max = SECRET_LENGTH) Bytes secret) {
    @Override
    public String toString() {
      return "PairLink.Layout[" + member + "]";
    }
  }

  private PairLink(Layout layout) {
    this.layout = layout;
    this.secret = SecretBytes.taking(layout.secret().toArray());
  }

  /// A new link.
  public static PairLink make(
      String origin, TeamId team, Head head, Identity shower, RandomSource random) {
    Hash device = Hash.sha256(shower.deviceKeys().signingKey().toArray());
    return new PairLink(
        new Layout(origin, team, shower.member(), head, device, random.bytes(SECRET_LENGTH)));
  }

  /// Whether a text is such a link, going by its form.
  public static boolean isLink(String text) {
    return FragmentLink.has(text, PATH);
  }

  /// Reads a link.
  ///
  /// @throws CofreException [Malformed] when it is not a whole link; [dev.cofre.client.failure.Unsupported] when a newer
  ///     release made it
  public static PairLink read(String text) throws CofreException {
    Layout layout = FragmentLink.read(text, PATH, CODEC);
    FragmentLink.requireOrigin(text, layout.origin());
    return new PairLink(layout);
  }

  /// The link as text.
  public String text() {
    return FragmentLink.write(layout.origin(), PATH, CODEC, layout);
  }

  /// What the link says besides the secret.
  public Layout layout() {
    return layout;
  }

  /// The slot on the server.
  public RelayId relay() {
    byte[] info = Context.of(Label.PAIRING, layout.team().value(), SLOT);
    try (SecretBytes id = Hkdf.derive(new byte[0], secret, info, RelayId.LENGTH)) {
      return new RelayId(Bytes.of(id.toArray()));
    }
  }

  /// Seals the new device's statement for the slot.
  public Bytes seal(SignedBytes statement, RandomSource random) {
    try (SecretBytes key = messageKey()) {
      return Bytes.of(Cobblestone.seal(key, context(), STATEMENT.encode(statement), random));
    }
  }

  /// Opens what was in the slot.
  ///
  /// @throws CofreException [Tampered] when somebody without the secret put it there
  public SignedBytes open(Bytes message) throws CofreException {
    try (SecretBytes key = messageKey()) {
      return STATEMENT.decode(Cobblestone.open(key, context(), message.toArray()));
    } catch (MalformedException _) {
      throw new Malformed("the new device sent something that cannot be read");
    }
  }

  private SecretBytes messageKey() {
    return Hkdf.derive(new byte[0], secret, context(), Cobblestone.KEY_LENGTH);
  }

  private byte[] context() {
    return Context.of(
        Label.PAIRING,
        layout.team().value(),
        MESSAGE,
        layout.member().value(),
        layout.device().value());
  }

  @Override
  public void close() {
    secret.close();
  }

  @Override
  public String toString() {
    return layout.toString();
  }
}
