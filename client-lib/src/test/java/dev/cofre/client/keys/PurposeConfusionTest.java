package dev.cofre.client.keys;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.Hpke;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.format.ContentSeal;
import dev.cofre.client.format.PaddedFrame;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.cbor.Context;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.DeviceKeys;
import dev.cofre.protocol.team.DeviceKind;
import dev.cofre.protocol.team.WrappedSeed;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is sealed or wrapped for one purpose, offered for every other: under the same key, as if keys were ever shared.
@Tag("A02")
@Tag("C19")
@Tag("G02")
class PurposeConfusionTest {
  private static final RandomSource RANDOM = new Random(5)::nextBytes;

  private final SecretBytes key = RANDOM.secret(32);
  private final EncryptionKey hpkeKey = EncryptionKey.fromSeed(key);
  private final TeamId team = new TeamId(RANDOM.bytes(32));
  private final VaultId vault = new VaultId(RANDOM.bytes(32));
  private final FileId file = new FileId(RANDOM.bytes(16));
  private final Bytes shared = RANDOM.bytes(16);

  @ParameterizedTest
  @EnumSource(Label.class)
  void aSealOpensForItsOwnLabelOnly(Label label) {
    byte[] sealed = Cobblestone.seal(key, context(label), new byte[300], RANDOM);
    for (Label other : Label.values()) {
      if (other == label) {
        assertDoesNotThrow(() -> Cobblestone.open(key, context(other), sealed));
      } else {
        assertThrows(Tampered.class, () -> Cobblestone.open(key, context(other), sealed));
      }
    }
  }

  private byte[] context(Label label) {
    return Context.of(label, team.value(), vault.value(), file.value(), shared);
  }

  @Test
  void aSecretToAKeyOpensForItsOwnLabelOnly() throws Exception {
    Map<Label, Bytes> sealed = new EnumMap<>(Label.class);
    for (Label label : Label.values()) {
      sealed.put(label, Hpke.sealTo(hpkeKey.publicKey(), context(label), key, RANDOM));
    }
    for (Label label : Label.values()) {
      for (Label other : Label.values()) {
        if (other == label) {
          Hpke.openFrom(hpkeKey, context(other), sealed.get(label)).close();
        } else {
          assertThrows(
              Tampered.class, () -> Hpke.openFrom(hpkeKey, context(other), sealed.get(label)));
        }
      }
    }
  }

  /// A place in the client that opens something.
  private interface Slot {
    void open(Bytes bytes) throws CofreException, java.io.IOException;
  }

  private final Map<String, Bytes> made = new LinkedHashMap<>();
  private final Map<String, Slot> slots = new LinkedHashMap<>();

  private void slot(String name, Bytes valid, Slot slot) {
    made.put(name, valid);
    slots.put(name, slot);
  }

  /// Each really valid thing at each place that opens one. Keys, ids and seeds are the same everywhere.
  @Test
  @Tag("C09")
  void whatIsValidAtOnePlaceIsRefusedAtEveryOther() throws Exception {
    makeSlots();
    made.forEach((name, valid) ->
        slots.forEach((place, slot) -> {
          if (name.equals(place)) {
            assertDoesNotThrow(() -> slot.open(valid), name);
          } else {
            assertThrows(CofreException.class, () -> slot.open(valid), name + " as " + place);
          }
        }));
    assertTrue(slots.size() >= 8);
  }

  private void makeSlots() throws Exception {
    byte[] content = new byte[200];
    Bytes hash = Bytes.of(Hash.sha256(content).value().toArray());
    byte[] contentContext = SealedRecords.contentContext(team, vault, file, new BlobId(shared));
    byte[] blob =
        ContentSeal.seal(key, contentContext, new ByteArrayInputStream(content), 200, RANDOM)
            .readAllBytes();
    slot(
        "content",
        Bytes.of(blob),
        bytes ->
            ContentSeal.open(
                key,
                contentContext,
                new ByteArrayInputStream(bytes.toArray()),
                200,
                hash,
                OutputStream.nullOutputStream()));
    SealedRecords.Place place = new SealedRecords.Place(team, vault, file, new RevisionId(shared));
    slot(
        "record",
        SealedRecords.seal(place, key, new byte[100], RANDOM),
        bytes -> SealedRecords.open(place, key, bytes));
    slot(
        "vault name",
        SealedRecords.seal(name(), key, new byte[100], RANDOM),
        bytes -> SealedRecords.open(name(), key, bytes));
    Hash channel = new Hash(RANDOM.bytes(32));
    RevisionId revision = new RevisionId(shared);
    slot(
        "wrap",
        Wraps.wrap(key, channel, revision, channel, key),
        bytes -> Wraps.unwrap(key, channel, revision, channel, bytes).close());
    makeSeedSlots();
    SignedBytes statement = new SignedBytes(Bytes.zeros(100), Bytes.zeros(64));
    Identity shower = Identity.ofNewMember(RANDOM);
    PairLink link = PairLink.make("https://a.b", team, new Head(1, channel), shower, RANDOM);
    slot("pairing", link.seal(statement, RANDOM), bytes -> link.open(bytes));
    byte[] keystore = Context.of(Label.KEYSTORE, RANDOM.bytes(32), Bytes.zeros(12));
    slot(
        "keystore",
        Bytes.of(Cobblestone.seal(key, keystore, new byte[400], RANDOM)),
        bytes -> Cobblestone.open(key, keystore, bytes.toArray()));
    byte[] local = Context.of(Label.LOCAL, shared, Bytes.zeros(8));
    slot(
        "local",
        Bytes.of(Cobblestone.seal(key, local, new byte[400], RANDOM)),
        bytes -> Cobblestone.open(key, local, bytes.toArray()));
  }

  private SealedRecords.Place name() {
    return new SealedRecords.Place(
        team, vault, new FileId(Bytes.zeros(16)), new RevisionId(shared));
  }

  private void makeSeedSlots() throws Exception {
    MemberId member = new MemberId(shared);
    DeviceId device = new DeviceId(shared);
    Identity identity = Identity.of(member, device, DeviceKind.COMPUTER, key, key, List.of());
    EncryptionKey next = EncryptionKey.generate(RANDOM);
    DeviceKeys keys = identity.deviceKeys();
    slot(
        "member seed",
        MemberSeeds.wrap(team, member, next, keys, RANDOM).wrap(),
        bytes ->
            MemberSeeds.unwrap(
                    identity, team, Identity.hashOf(next), new WrappedSeed(device, bytes))
                .close());
    slot(
        "previous seed",
        MemberSeeds.sealPrevious(team, member, hpkeKey, next, RANDOM),
        bytes ->
            MemberSeeds.openPrevious(team, member, Identity.hashOf(hpkeKey), next, bytes).close());
    byte[] info =
        dev.cofre.protocol.vault.Channel.info(
            team, vault, member, keys.signingKey(), member, Identity.hashOf(hpkeKey));
    slot(
        "channel",
        Hpke.sealTo(hpkeKey.publicKey(), info, key, RANDOM),
        bytes -> Hpke.openFrom(hpkeKey, info, bytes).close());
  }

  @Test
  @Tag("C14")
  void nothingThatIsNotSealedIsTakenAnywhere() throws Exception {
    makeSlots();
    List<Bytes> plain =
        List.of(
            Bytes.EMPTY,
            Bytes.zeros(48),
            Bytes.zeros(1168),
            Bytes.zeros((int) PaddedFrame.sealedLength(200)),
            Bytes.of(
                "<html><body>502 Bad Gateway</body></html>"
                    .repeat(30)
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
            Bytes.of(
                PaddedFrame.framing(new ByteArrayInputStream(new byte[200]), 200).readAllBytes()));
    slots.forEach((place, slot) ->
        plain.forEach(bytes -> assertThrows(CofreException.class, () -> slot.open(bytes), place)));
  }
}
