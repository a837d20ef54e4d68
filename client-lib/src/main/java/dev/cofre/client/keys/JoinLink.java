package dev.cofre.client.keys;

import dev.cofre.client.crypto.Hkdf;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.crypto.SigningKey;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Context;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.cbor.Versioned;

/// The link of an invitation, `ORIGIN/join#…`: where the team is, how much of its log must be there, and a secret of 128 bits. The
/// server never sees what follows the `#`.
public final class JoinLink implements AutoCloseable {
  private static final String PATH = "/join";
  private static final int SECRET_LENGTH = 16;
  private static final Codec<Layout> CODEC = Codec.of(Layout.class);

  private final Layout layout;
  private final SecretBytes secret;

  /// What stands in the fragment, as CBOR in unpadded base64url. `inviter` is the SHA-256 of the signing key of the device
  /// that invited.
  @Versioned
  public record Layout(
      @Length(min = 1, max = 255) String origin,
      TeamId team,
      Head head,
      Hash inviter,
      InviteId invite,
      @Length(min = SECRET_LENGTH, max = SECRET_LENGTH) Bytes secret) {
    @Override
    public String toString() {
      return "JoinLink.Layout[" + invite + "]";
    }
  }

  private JoinLink(Layout layout) {
    this.layout = layout;
    this.secret = SecretBytes.taking(layout.secret().toArray());
  }

  /// The secret of a new invitation.
  public static SecretBytes newSecret(RandomSource random) {
    return random.secret(SECRET_LENGTH);
  }

  /// The link of an invitation that stands in the log.
  public static JoinLink of(
      String origin, TeamId team, Head head, Hash inviter, InviteId invite, SecretBytes secret) {
    return new JoinLink(
        new Layout(origin, team, head, inviter, invite, Bytes.of(secret.toArray())));
  }

  /// Whether a text is such a link, going by its form.
  public static boolean isLink(String text) {
    return FragmentLink.has(text, PATH);
  }

  /// Reads a link.
  ///
  /// @throws CofreException [dev.cofre.client.failure.Malformed] when it is not a whole link;
  ///     [dev.cofre.client.failure.Unsupported] when a newer release made it
  public static JoinLink read(String text) throws CofreException {
    Layout layout = FragmentLink.read(text, PATH, CODEC);
    FragmentLink.requireOrigin(text, layout.origin());
    return new JoinLink(layout);
  }

  /// The link as text, to be handed over by another way than the server.
  public String text() {
    return FragmentLink.write(layout.origin(), PATH, CODEC, layout);
  }

  /// The server's origin.
  public String origin() {
    return layout.origin();
  }

  /// The team.
  public TeamId team() {
    return layout.team();
  }

  /// An entry that the log must have.
  public Head head() {
    return layout.head();
  }

  /// The SHA-256 of the inviting device's signing key.
  public Hash inviter() {
    return layout.inviter();
  }

  /// The invitation.
  public InviteId invite() {
    return layout.invite();
  }

  /// The invitation's signing key.
  public SigningKey key() {
    return key(secret, layout.team(), layout.invite());
  }

  /// The signing key of an invitation with this secret.
  public static SigningKey key(SecretBytes secret, TeamId team, InviteId invite) {
    byte[] info = Context.of(Label.INVITE_KEY, team, invite);
    try (SecretBytes seed = Hkdf.derive(new byte[0], secret, info, SigningKey.SEED_LENGTH)) {
      return SigningKey.fromSeed(seed);
    }
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
