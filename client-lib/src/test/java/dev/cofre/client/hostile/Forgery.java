package dev.cofre.client.hostile;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SigningKey;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.keys.Identity;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.JoinStatement;
import dev.cofre.protocol.team.WrappedSeed;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Entries and commits that nobody made who may, and how they are shown behind the true ones.
final class Forgery {
  private static final RandomSource RANDOM = RandomSource.system();
  private static final long TIME = 1_700_000_000_000L;

  private Forgery() {}

  /// An entry upon a world's log: what it says of its author, and whose key signs.
  static SignedBytes entry(
      World world, MemberId author, DeviceId device, Identity signer, Body body) {
    Head head = world.state().head();
    Entry entry =
        new Entry(world.state().id(), head.seq() + 1, head.hash(), author, device, TIME, body);
    return signer.sign(Label.ENTRY, Entry.CODEC.encode(entry));
  }

  /// An entry that its signer admits to.
  static SignedBytes entry(World world, Identity signer, Body body) {
    return entry(world, signer.member(), signer.device(), signer, body);
  }

  /// A newcomer's join by an invitation, whoever holds the key that signs its statement.
  static Body.Join join(World world, Identity who, InviteId invite, SigningKey key) {
    byte[] statement =
        JoinStatement.CODEC.encode(
            new JoinStatement(
                world.state().id(),
                invite,
                who.member(),
                new Profile(RANDOM.bytes(32), "Ghost", "").hash(),
                who.deviceKeys(),
                who.newestKey().orElseThrow().publicKey()));
    try (key) {
      return new Body.Join(
          new SignedBytes(Bytes.of(statement), key.sign(Label.JOIN.prefix(statement))));
    }
  }

  /// A new key of a member's, in the one form that the rules take: with junk for each of their devices.
  static Body rekey(World world, Identity key, MemberId member) throws CofreException {
    List<WrappedSeed> seeds =
        world.state().liveDevices(member).stream()
            .map(device -> new WrappedSeed(device.keys().id(), RANDOM.bytes(1168)))
            .toList();
    List<VaultHead> heads = new ArrayList<>();
    for (VaultId vault : world.state().vaultsOf(member)) {
      heads.add(new VaultHead(vault, world.shelf(vault).head()));
    }
    return new Body.MemberRekey(
        key.newestKey().orElseThrow().publicKey(), seeds, RANDOM.bytes(104), heads);
  }

  /// Shows it behind the last true one.
  static Script behindTheLog(SignedBytes forged) {
    return Script.record(
        Teams.LogPage.class,
        page -> {
          List<SignedBytes> more = new ArrayList<>(page.entries());
          more.add(forged);
          return new Teams.LogPage(more, new Head(page.head().seq() + 1, forged.hash(Label.ENTRY)));
        });
  }

  /// A put of a new file by somebody, upon a place of a vault.
  static SignedBytes commit(
      World world, VaultId vault, Head upon, Head teamHead, Identity signer, Change change) {
    return commit(world, vault, upon, teamHead, signer, signer, change);
  }

  /// The same by one who says to be another.
  static SignedBytes commit(
      World world,
      VaultId vault,
      Head upon,
      Head teamHead,
      Identity author,
      Identity signer,
      Change change) {
    Commit commit =
        new Commit(
            world.state().id(),
            vault,
            upon.seq() + 1,
            upon.hash(),
            teamHead,
            author.member(),
            author.device(),
            TIME,
            List.of(change));
    return signer.sign(Label.COMMIT, Commit.CODEC.encode(commit));
  }

  /// The same upon the vault's head and the log's.
  static SignedBytes commit(World world, VaultId vault, Identity signer, Change change)
      throws CofreException {
    return commit(world, vault, world.shelf(vault).head(), world.state().head(), signer, change);
  }

  /// A put of a new file with this sealed record.
  static Change.Put put(Commits.SealedRecord record) {
    return new Change.Put(
        new FileId(RANDOM.bytes(FileId.LENGTH)),
        new RevisionId(RANDOM.bytes(RevisionId.LENGTH)),
        Optional.empty(),
        Optional.of(new BlobId(RANDOM.bytes(BlobId.LENGTH))),
        Hash.sha256(record.sealed().toArray()));
  }

  /// Something sealed that only its maker knows the key of.
  static Commits.SealedRecord record() {
    return new Commits.SealedRecord(RANDOM.bytes(328));
  }

  /// Shows a commit behind the last true one.
  static Script behindTheCommits(SignedBytes forged, Commits.SealedRecord... records) {
    return Script.record(
        Commits.Page.class,
        page -> {
          List<Commits.Item> more = new ArrayList<>(page.commits());
          more.add(new Commits.Item(forged, List.of(records)));
          return new Commits.Page(
              more,
              page.bundles(),
              page.channels(),
              new Head(page.head().seq() + 1, forged.hash(Label.COMMIT)));
        });
  }
}
