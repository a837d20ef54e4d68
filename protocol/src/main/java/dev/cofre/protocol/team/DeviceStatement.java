package dev.cofre.protocol.team;

import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Versioned;

/// What a new device says about itself, signed by its own key.
@Versioned
public record DeviceStatement(TeamId team, MemberId member, DeviceKeys device) {
  /// The wire form.
  public static final Codec<DeviceStatement> CODEC = Codec.of(DeviceStatement.class);
}
