package dev.cofre.protocol.team;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.cbor.Versioned;

/// Everything a newcomer says about themselves, signed by the invitation's key: whoever does not know the link's secret
/// cannot put themselves in between.
@Versioned
public record JoinStatement(
    TeamId team,
    InviteId invite,
    MemberId member,
    Hash profile,
    DeviceKeys device,
    @Length(min = 1216, max = 1216) Bytes memberKey) {
  /// The wire form.
  public static final Codec<JoinStatement> CODEC = Codec.of(JoinStatement.class);
}
