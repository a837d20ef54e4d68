package dev.cofre.client.hostile;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.format.Category;
import dev.cofre.client.format.RecordLayout;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.keys.Wraps;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Recipient;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A commit of one new file, made by hand with whatever keys somebody has: its record, and wraps that its recipients can open.
final class RogueCommit {
  private final World world;
  private final VaultId vault;
  private final RandomSource random = RandomSource.system();

  RogueCommit(World world, VaultId vault) {
    this.world = world;
    this.vault = vault;
  }

  /// Who is said to have written it.
  record Author(MemberId member, DeviceId device) {}

  /// By a device that says the truth about itself.
  Commits.Append of(Identity signer, byte[] record) throws CofreException {
    return of(signer, new Author(signer.member(), signer.device()), record);
  }

  /// The record of a file, whether or not there can be such a file.
  static byte[] layout(String path, long size, Bytes contentKey, long blobLength) {
    return RecordLayout.CODEC.encode(
        new RecordLayout.OfFile(
            path,
            size,
            0,
            "",
            Category.GENERAL,
            Bytes.zeros(32),
            List.of(),
            contentKey,
            blobLength));
  }

  /// Upon the head of the vault. `record` is sealed as it is.
  Commits.Append of(Identity signer, Author said, byte[] record) throws CofreException {
    FileId file = new FileId(random.bytes(16));
    RevisionId revision = new RevisionId(random.bytes(16));
    SecretBytes key = random.secret(32);
    SealedRecords.Place place = new SealedRecords.Place(world.state().id(), vault, file, revision);
    Bytes sealed = SealedRecords.seal(place, key, record.clone(), random);
    Hash hash = Hash.sha256(sealed.toArray());
    Change put =
        new Change.Put(
            file, revision, Optional.empty(), Optional.of(new BlobId(random.bytes(16))), hash);
    Commit commit =
        new Commit(
            world.state().id(),
            vault,
            world.shelf(vault).head().seq() + 1,
            world.shelf(vault).head().hash(),
            world.state().head(),
            said.member(),
            said.device(),
            0,
            List.of(put));
    SignedBytes signed = signer.sign(Label.COMMIT, Commit.CODEC.encode(commit));
    List<Bundle> bundles = new ArrayList<>();
    List<SignedBytes> channels = new ArrayList<>();
    for (Recipient recipient : world.state().recipients(vault).values()) {
      try (Channels.End end = Channels.make(signer, world.state().id(), vault, recipient, random)) {
        Bytes wrap = Wraps.wrap(end.secret(), end.id(), revision, hash, key);
        Bundle.Run run = new Bundle.Run(commit.seq(), 0, wrap);
        bundles.add(new Bundle(recipient.member(), end.id(), List.of(run)));
        channels.add(end.bytes());
      }
    }
    return new Commits.Append(signed, List.of(new Commits.SealedRecord(sealed)), bundles, channels);
  }
}
