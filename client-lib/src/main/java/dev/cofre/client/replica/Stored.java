package dev.cofre.client.replica;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Kind;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.vault.Change;
import java.util.List;

/// What stands in the segments and files of the local state, before sealing.
public final class Stored {
  private static final int MANY = 1 << 20;

  private Stored() {}

  /// Entries of the team log, the exact bytes.
  public record Entries(@Length(max = MANY) List<SignedBytes> entries) {
    static final Codec<Entries> CODEC = Codec.of(Entries.class);
  }

  /// Commits and their sealed records, the exact bytes, in order. A commit stands here again with records that were given later; those that
  /// were not, or stand here already, are of no bytes.
  public record Chain(@Length(max = MANY) List<Commits.Item> commits) {
    static final Codec<Chain> CODEC = Codec.of(Chain.class);
  }

  /// What was learnt of a vault, in order.
  public record Index(@Length(max = MANY) List<Fact> facts) {
    static final Codec<Index> CODEC = Codec.of(Index.class);
  }

  /// One thing learnt of a vault.
  public sealed interface Fact {
    /// A commit that verified. `seals` are, for each put in order, the first 56 bytes of its sealed record; no bytes where the
    /// server gave none.
    @Kind(1)
    record Committed(
        long seq,
        Hash hash,
        MemberId author,
        DeviceId device,
        long time,
        long teamSeq,
        @Length(max = 4096) List<Change> changes,
        @Length(max = 4096) List<Bytes> seals)
        implements Fact {}

    /// A record that opened: its key and its CBOR.
    @Kind(2)
    record Opened(
        RevisionId revision,
        @Length(min = 32, max = 32) Bytes key,
        @Length(max = 16 << 10) Bytes record)
        implements Fact {
      @Override
      public String toString() {
        return "Opened[" + revision + "]";
      }
    }

    /// A record that was given as its author signed it, is committed to its key, and yet does not open.
    @Kind(3)
    record Spoilt(RevisionId revision) implements Fact {}

    /// A record that was given later than its commit: the first 56 bytes of it.
    @Kind(4)
    record Arrived(RevisionId revision, @Length(min = 1, max = 56) Bytes seal) implements Fact {}
  }

  /// Channels that this device made in a vault.
  public record OwnChannels(@Length(max = 1 << 16) List<OwnChannel> channels) {
    static final Codec<OwnChannels> CODEC = Codec.of(OwnChannels.class);
  }

  /// A channel that this device made, with its secret.
  public record OwnChannel(
      MemberId recipient,
      Hash recipientKey,
      SignedBytes channel,
      @Length(min = 32, max = 32) Bytes secret) {
    @Override
    public String toString() {
      return "OwnChannel[" + recipient + "]";
    }
  }

  /// One thing done about an upload that no commit names yet.
  public record UploadStep(UploadFact fact) {
    static final Codec<UploadStep> CODEC = Codec.of(UploadStep.class);
  }

  /// What is known of an upload that no commit names yet.
  public sealed interface UploadFact {
    /// It began: what is sealed, as what, under which key and salt. `mark` tells whether the local file is still the same.
    @Kind(1)
    record Begun(
        UploadId upload,
        FileId file,
        BlobId blob,
        @Length(max = 4096) String mark,
        @Length(min = 32, max = 32) Bytes key,
        @Length(min = 24, max = 24) Bytes salt)
        implements UploadFact {
      @Override
      public String toString() {
        return "Begun[" + upload + "]";
      }
    }

    /// A part's ciphertext is about to leave this device.
    @Kind(2)
    record Leaving(int part, Hash hash) implements UploadFact {}

    /// A commit that names it is about to leave this device, wrapped for these keys: the hashes of X-Wing public keys.
    @Kind(3)
    record Offered(@Length(max = 20_000) List<Hash> keys) implements UploadFact {}
  }

  /// Proof, once had, that the server shows different histories: what it was, and the name of the texts that are kept.
  public record Alarm(
      @Length(min = 1, max = 4096) String what, @Length(min = 1, max = 255) String evidence) {
    static final Codec<Alarm> CODEC = Codec.of(Alarm.class);
  }

  /// To whom this device gave invitations.
  public record Invited(@Length(max = MANY) List<Invitee> invitees) {
    static final Codec<Invited> CODEC = Codec.of(Invited.class);
  }

  /// The address to which an invitation was given.
  public record Invitee(InviteId invite, @Length(max = 254) String email) {}

  /// Names of members and of the team, last seen.
  public record Names(@Length(max = 20_000) List<Profile> profiles) {
    static final Codec<Names> CODEC = Codec.of(Names.class);
  }
}
