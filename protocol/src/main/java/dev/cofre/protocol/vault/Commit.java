package dev.cofre.protocol.vault;

import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.cbor.Versioned;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import java.util.List;

/// One step of a vault's history, signed by a device of its author. The first has seq 1 and the vault id as `prev`.
/// `teamHead` is the team log as its author had verified it; rights are judged there. `time` is the author's clock in
/// milliseconds; it decides nothing.
@Versioned
public record Commit(
    TeamId team,
    VaultId vault,
    long seq,
    Hash prev,
    Head teamHead,
    MemberId author,
    DeviceId device,
    long time,
    @Length(min = 1, max = Commit.MAX_CHANGES) List<Change> changes) {
  /// Most changes in one commit.
  public static final int MAX_CHANGES = 4096;

  /// The wire form.
  public static final Codec<Commit> CODEC = Codec.of(Commit.class);

  /// Decodes a commit without verifying it.
  public static Signed<Commit> read(SignedBytes bytes) throws MalformedException {
    return Signed.read(Label.COMMIT, CODEC, bytes);
  }

  /// The revisions that the changes make, in order: slot i of a bundle is the i-th of these.
  public List<Change.Put> puts() {
    return changes.stream().flatMap(change -> change.made().stream()).toList();
  }
}
