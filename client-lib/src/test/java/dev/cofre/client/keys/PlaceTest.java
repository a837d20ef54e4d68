package dev.cofre.client.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.format.ContentSeal;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.team.WrappedSeed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Everything sealed belongs to one place: one team, vault, file, version. Two of each, in all combinations.
class PlaceTest {
  private static final RandomSource RANDOM = new Random(7)::nextBytes;

  private final List<TeamId> teams = List.of(new TeamId(draw(32)), new TeamId(draw(32)));
  private final List<VaultId> vaults = List.of(new VaultId(draw(32)), new VaultId(draw(32)));
  private final List<FileId> files = List.of(new FileId(draw(16)), new FileId(draw(16)));
  private final SecretBytes key = RANDOM.secret(32);

  private static Bytes draw(int length) {
    return RANDOM.bytes(length);
  }

  private List<byte[]> contentPlaces(List<BlobId> blobs) {
    List<byte[]> places = new ArrayList<>();
    for (TeamId team : teams) {
      for (VaultId vault : vaults) {
        for (FileId file : files) {
          blobs.forEach(b -> places.add(SealedRecords.contentContext(team, vault, file, b)));
        }
      }
    }
    return places;
  }

  private byte[] blob(SecretBytes contentKey, byte[] context, byte[] content) throws Exception {
    return ContentSeal.seal(
            contentKey, context, new ByteArrayInputStream(content), content.length, RANDOM)
        .readAllBytes();
  }

  private byte[] open(SecretBytes contentKey, byte[] context, byte[] blob, byte[] content)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContentSeal.open(
        contentKey,
        context,
        new ByteArrayInputStream(blob),
        content.length,
        Hashes.sha256(content),
        out);
    return out.toByteArray();
  }

  /// All pairs, of the same length, the same content, and even the same key.
  @Test
  @Tag("C08")
  @Tag("D12")
  void aContentOpensWhereItBelongsOnly() throws Exception {
    byte[] content = new byte[100];
    List<byte[]> places = contentPlaces(List.of(new BlobId(draw(16)), new BlobId(draw(16))));
    assertEquals(16, places.size());
    for (byte[] place : places) {
      byte[] blob = blob(key, place, content);
      for (byte[] other : places) {
        if (place == other) {
          assertArrayEquals(content, open(key, other, blob, content));
        } else {
          assertThrows(Tampered.class, () -> open(key, other, blob, content));
        }
      }
    }
  }

  @Test
  @Tag("C08")
  @Tag("C09")
  @Tag("D12")
  void aRecordOpensWhereItBelongsOnly() throws Exception {
    List<SealedRecords.Place> places = new ArrayList<>();
    List<RevisionId> revisions = List.of(new RevisionId(draw(16)), new RevisionId(draw(16)));
    for (TeamId team : teams) {
      for (VaultId vault : vaults) {
        for (FileId file : files) {
          revisions.forEach(r -> places.add(new SealedRecords.Place(team, vault, file, r)));
        }
      }
    }
    for (SealedRecords.Place place : places) {
      Bytes sealed = SealedRecords.seal(place, key, new byte[40], RANDOM);
      for (SealedRecords.Place other : places) {
        assertEquals(place == other, SealedRecords.matches(other, key, sealed));
        if (place == other) {
          assertEquals(40, SealedRecords.open(other, key, sealed).length);
        } else {
          assertThrows(Tampered.class, () -> SealedRecords.open(other, key, sealed));
        }
      }
    }
  }

  private record WrapPlace(SecretBytes secret, Hash channel, RevisionId revision, Hash record) {}

  /// The wrap of one version or vault beside the record of another.
  @Test
  @Tag("C09")
  @Tag("G02")
  void aWrapOpensWhereItBelongsOnly() throws Exception {
    List<WrapPlace> places = new ArrayList<>();
    List<Hash> records = List.of(new Hash(draw(32)), new Hash(draw(32)));
    for (SecretBytes secret : List.of(key, RANDOM.secret(32))) {
      for (Hash channel : List.of(new Hash(draw(32)), new Hash(draw(32)))) {
        for (RevisionId revision : List.of(new RevisionId(draw(16)), new RevisionId(draw(16)))) {
          records.forEach(r -> places.add(new WrapPlace(secret, channel, revision, r)));
        }
      }
    }
    SecretBytes recordKey = RANDOM.secret(32);
    for (WrapPlace at : places) {
      Bytes wrap = Wraps.wrap(at.secret(), at.channel(), at.revision(), at.record(), recordKey);
      for (WrapPlace other : places) {
        if (at == other) {
          assertArrayEquals(recordKey.toArray(), unwrap(other, wrap).toArray());
        } else {
          assertThrows(Tampered.class, () -> unwrap(other, wrap));
        }
      }
    }
  }

  private static SecretBytes unwrap(WrapPlace at, Bytes wrap) throws Tampered {
    return Wraps.unwrap(at.secret(), at.channel(), at.revision(), at.record(), wrap);
  }

  /// Each chunk of one in place of that of another: of another version, file or vault, under the fresh key that each has, and even
  /// under one key.
  @Test
  @Tag("C06")
  @Tag("C07")
  void noChunkFitsIntoAnotherContent() throws Exception {
    byte[] content = RANDOM.bytes(40_000).toArray();
    List<byte[]> places = contentPlaces(List.of(new BlobId(draw(16)), new BlobId(draw(16))));
    byte[] first = blob(key, places.getFirst(), content);
    SecretBytes fresh = RANDOM.secret(32);
    for (byte[] place : places.subList(1, places.size())) {
      for (SecretBytes others : List.of(key, fresh)) {
        byte[] other = blob(others, place, content);
        for (int chunk = 0; chunk < 3; chunk++) {
          byte[] one = first.clone();
          int from = 56 + chunk * Cobblestone.SEALED_CHUNK_LENGTH;
          int to = Math.min(one.length, from + Cobblestone.SEALED_CHUNK_LENGTH);
          System.arraycopy(other, from, one, from, to - from);
          assertThrows(Tampered.class, () -> open(key, places.getFirst(), one, content));
          byte[] rest = first.clone();
          System.arraycopy(other, from, rest, from, rest.length - from);
          assertThrows(Tampered.class, () -> open(key, places.getFirst(), rest, content));
        }
      }
    }
  }

  /// One class of failure with one text, wherever a wrapped seed was changed.
  @Test
  @Tag("A01")
  @Tag("A06")
  @Tag("G07")
  void aWrappedSeedThatWasChangedFailsInOneWay() throws Exception {
    TeamId team = teams.getFirst();
    MemberId member = new MemberId(draw(16));
    Identity identity = Identity.ofNewDevice(member, RANDOM);
    EncryptionKey seedOf = EncryptionKey.generate(RANDOM);
    Hash hash = Identity.hashOf(seedOf);
    WrappedSeed right = MemberSeeds.wrap(team, member, seedOf, identity.deviceKeys(), RANDOM);
    MemberSeeds.unwrap(identity, team, hash, right).close();
    List<byte[]> wrong = new ArrayList<>();
    for (int i = 0; i < right.wrap().length(); i++) {
      byte[] flipped = right.wrap().toArray();
      flipped[i] ^= (byte) (1 + i % 255);
      wrong.add(flipped);
    }
    byte[] lowOrder = right.wrap().toArray();
    java.util.Arrays.fill(lowOrder, 1088, 1120, (byte) 0);
    wrong.add(lowOrder);
    for (int length : new int[] {0, 1, 48, 1119, 1120, 1167, 1169, 5000}) {
      wrong.add(java.util.Arrays.copyOf(right.wrap().toArray(), length));
    }
    EncryptionKey another = EncryptionKey.generate(RANDOM);
    wrong.add(
        MemberSeeds.wrap(team, member, another, identity.deviceKeys(), RANDOM).wrap().toArray());
    wrong.add(sealedUnderTheRightInfo(team, member, identity, hash, another).toArray());
    for (byte[] bytes : wrong) {
      Tampered failure =
          assertThrows(
              Tampered.class,
              () ->
                  MemberSeeds.unwrap(
                      identity, team, hash, new WrappedSeed(right.device(), Bytes.of(bytes))));
      assertEquals("a member's key has been tampered with", failure.getMessage());
      assertTrue(failure.hint().isEmpty() && failure.getCause() == null);
    }
  }

  /// Anybody can seal anything to a public key: here the seed of another key, for exactly this place.
  private static Bytes sealedUnderTheRightInfo(
      TeamId team, MemberId member, Identity to, Hash said, EncryptionKey another)
      throws CofreException {
    byte[] info =
        dev.cofre.protocol.cbor.Context.of(
            dev.cofre.protocol.Label.MEMBER_SEED, team, member, to.device(), said);
    try (SecretBytes seed = another.seed()) {
      return dev.cofre.client.crypto.Hpke.sealTo(
          to.deviceKeys().encryptionKey(), info, seed, RANDOM);
    }
  }

  /// What a member with the right to write may have made: opened, and then refused as a whole.
  @Test
  @Tag("C17")
  @Tag("F04")
  void aRecordOfAnotherFormIsMalformed() throws Exception {
    SealedRecords.Place place =
        new SealedRecords.Place(
            teams.getFirst(), vaults.getFirst(), files.getFirst(), new RevisionId(draw(16)));
    for (byte[] padded : new byte[][] {{}, new byte[255], new byte[257], new byte[100_000]}) {
      byte[] context =
          dev.cofre.protocol.cbor.Context.of(
              dev.cofre.protocol.Label.RECORD,
              teams.getFirst(),
              vaults.getFirst(),
              files.getFirst(),
              place.revision());
      Bytes sealed = Bytes.of(Cobblestone.seal(key, context, padded, RANDOM));
      assertThrows(Malformed.class, () -> SealedRecords.open(place, key, sealed));
    }
    assertFalse(key.length() == 0);
  }
}
