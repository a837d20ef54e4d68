package dev.cofre.client.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.keys.Wraps;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.Recipient;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Very many wraps, of which none is what it seems.
class UnwrappingTest {
  private final RandomSource random = RandomSource.system();
  private final VaultId vault = new VaultId(random.bytes(32));
  private final Identity identity = Identity.ofNewMember(random);

  private TeamState team() throws Exception {
    Entry genesis =
        new Entry(
            Entry.NO_TEAM,
            0,
            Hash.ZERO,
            identity.member(),
            identity.device(),
            1,
            new Body.Genesis(
                Hash.ZERO,
                identity.member(),
                Hash.ZERO,
                identity.deviceKeys(),
                identity.newestKey().orElseThrow().publicKey()));
    SignedBytes signed = identity.sign(Label.ENTRY, Entry.CODEC.encode(genesis));
    return TeamState.start(Signed.read(Label.ENTRY, Entry.CODEC, signed));
  }

  /// A million of them: for others, under channels that are not there, for other commits, and for the very one asked for.
  @Test
  @Tag("L08")
  void aMillionWrapsCostLittleMoreThanReadingThem() throws Exception {
    List<Bundle> bundles = new ArrayList<>();
    Bytes many = Bytes.zeros(Bundle.WRAP_LENGTH * 4000);
    for (int i = 0; i < 250; i++) {
      MemberId recipient =
          i % 2 == 0 ? identity.member() : new MemberId(random.bytes(MemberId.LENGTH));
      Bundle.Run run = new Bundle.Run(i % 5, 0, many);
      bundles.add(new Bundle(recipient, new Hash(random.bytes(32)), List.of(run)));
    }
    TeamState team = team();
    List<SignedBytes> junk = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      junk.add(new SignedBytes(random.bytes(200), random.bytes(64)));
    }
    SealedRecords.Place place =
        new SealedRecords.Place(
            new TeamId(team.id().value()),
            vault,
            new FileId(random.bytes(16)),
            new RevisionId(random.bytes(16)));
    Bytes sealed;
    try (SecretBytes key = random.secret(32)) {
      sealed = SealedRecords.seal(place, key, new byte[10], random);
    }
    Change.Put put =
        new Change.Put(
            place.file(),
            place.revision(),
            Optional.empty(),
            Optional.of(new BlobId(random.bytes(16))),
            Hash.sha256(sealed.toArray()));
    assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          try (Unwrapping wraps = new Unwrapping(identity, vault)) {
            wraps.take(team, bundles, junk);
            for (int slot = 0; slot < 4096; slot++) {
              assertEquals(Optional.empty(), wraps.key(place, slot % 5, slot, put, sealed));
            }
          }
        });
  }

  /// Under channels that open: every wrap that stands in the way of the right one is really tried, once, and the right one is found.
  @Test
  @Tag("L08")
  void manyWrapsUnderTrueChannelsCostOneTrialEachAndHideNone() throws Exception {
    TeamState team = team();
    Recipient self =
        new Recipient(
            identity.member(),
            identity.newestKey().orElseThrow().publicKey(),
            Identity.hashOf(identity.newestKey().orElseThrow()));
    SealedRecords.Place place =
        new SealedRecords.Place(
            team.id(), vault, new FileId(random.bytes(16)), new RevisionId(random.bytes(16)));
    List<SignedBytes> channels = new ArrayList<>();
    List<Bundle> bundles = new ArrayList<>();
    Change.Put put;
    Bytes sealed;
    try (SecretBytes key = random.secret(32);
        Channels.End right = Channels.make(identity, team.id(), vault, self, random)) {
      sealed = SealedRecords.seal(place, key, new byte[10], random);
      Hash record = Hash.sha256(sealed.toArray());
      put =
          new Change.Put(
              place.file(), place.revision(), Optional.empty(), Optional.empty(), record);
      Bytes wrap = Wraps.wrap(right.secret(), right.id(), place.revision(), record, key);
      channels.add(right.bytes());
      bundles.add(new Bundle(identity.member(), right.id(), List.of(new Bundle.Run(1, 0, wrap))));
    }
    for (int i = 0; i < 200; i++) {
      try (Channels.End other = Channels.make(identity, team.id(), vault, self, random)) {
        channels.add(other.bytes());
        for (int j = 0; j < 100; j++) {
          Bytes junk = random.bytes(Bundle.WRAP_LENGTH);
          bundles.add(
              new Bundle(identity.member(), other.id(), List.of(new Bundle.Run(1, 0, junk))));
        }
      }
    }
    assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          try (Unwrapping wraps = new Unwrapping(identity, vault)) {
            wraps.take(team, bundles, channels);
            Optional<SecretBytes> found = wraps.key(place, 1, 0, put, sealed);
            assertTrue(found.isPresent());
            found.get().close();
          }
        });
  }
}
