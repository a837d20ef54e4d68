package dev.cofre.protocol;

import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;

/// A display name and an e-mail address (empty for a team), salted so that their hash in the log says nothing once this
/// is erased. Known to the server.
public record Profile(
    @Length(min = 32, max = 32) Bytes salt,
    @Length(min = 1, max = 200) String name,
    @Length(max = 254) String email) {
  /// The wire form.
  public static final Codec<Profile> CODEC = Codec.of(Profile.class);

  /// What the team log holds: `SHA-256(label ‖ 0x00 ‖ CBOR)`.
  public Hash hash() {
    return Hash.sha256(Label.PROFILE.prefix(CODEC.encode(this)));
  }
}
