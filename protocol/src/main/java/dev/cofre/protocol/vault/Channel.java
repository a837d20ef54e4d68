package dev.cofre.protocol.vault;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Context;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.cbor.Versioned;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;

/// One HPKE encapsulation (X-Wing, 1120 bytes) from a sender's device to a recipient's member key in a vault, signed by the
/// sender's device. Its id is the hash of the signed bytes. It authorises nothing.
@Versioned
public record Channel(
    TeamId team,
    VaultId vault,
    MemberId sender,
    DeviceId device,
    @Length(min = 32, max = 32) Bytes deviceKey,
    MemberId recipient,
    Hash recipientKey,
    @Length(min = 1120, max = 1120) Bytes encapsulation) {
  /// The wire form.
  public static final Codec<Channel> CODEC = Codec.of(Channel.class);

  /// Decodes a channel without verifying it.
  public static Signed<Channel> read(SignedBytes bytes) throws MalformedException {
    return Signed.read(Label.CHANNEL, CODEC, bytes);
  }

  /// The HPKE `info`: who speaks to whom, in which vault, under which keys.
  public byte[] info() {
    return info(team, vault, sender, deviceKey, recipient, recipientKey);
  }

  /// The HPKE `info` of a channel about to be made.
  public static byte[] info(
      TeamId team,
      VaultId vault,
      MemberId sender,
      Bytes deviceKey,
      MemberId recipient,
      Hash recipientKey) {
    return Context.of(
        Label.CHANNEL_SECRET,
        team.value(),
        vault.value(),
        sender.value(),
        deviceKey,
        recipient.value(),
        recipientKey.value());
  }
}
