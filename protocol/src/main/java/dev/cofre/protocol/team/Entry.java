package dev.cofre.protocol.team;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.cbor.Versioned;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;

/// One step of a team's log, signed by a device of its author. The genesis has seq 0 and zeros for `team` and `prev`; every
/// other entry has the seq after the entry that `prev` hashes. `time` is the author's clock in milliseconds; it decides
/// nothing.
@Versioned
public record Entry(
    TeamId team, long seq, Hash prev, MemberId author, DeviceId device, long time, Body body) {
  /// Longest payload, checked before decoding.
  public static final int MAX_LENGTH = 1 << 20;

  /// The team id that stands in a genesis entry.
  public static final TeamId NO_TEAM = new TeamId(Bytes.zeros(TeamId.LENGTH));

  /// The wire form.
  public static final Codec<Entry> CODEC = Codec.of(Entry.class);

  /// Decodes an entry without verifying it.
  public static Signed<Entry> read(SignedBytes bytes) throws MalformedException {
    if (bytes.payload().length() > MAX_LENGTH) {
      throw new MalformedException("an entry of more than 1 MiB");
    }
    return Signed.read(Label.ENTRY, CODEC, bytes);
  }
}
