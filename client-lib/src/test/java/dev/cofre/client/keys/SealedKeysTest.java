package dev.cofre.client.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.NotForUs;
import dev.cofre.client.failure.Tampered;
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
import dev.cofre.protocol.team.WrappedSeed;
import dev.cofre.protocol.vault.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Everything sealed opens with its own key at its own place, and nowhere else.
class SealedKeysTest {
  private static final RandomSource RANDOM = RandomSource.system();
  private static final TeamId TEAM = new TeamId(Bytes.fromHex("01".repeat(32)));
  private static final VaultId VAULT = new VaultId(Bytes.fromHex("02".repeat(32)));
  private static final RevisionId REVISION = new RevisionId(Bytes.fromHex("03".repeat(16)));
  private static final FileId FILE = new FileId(Bytes.fromHex("04".repeat(16)));
  private static final Hash ONE = Hash.sha256(new byte[1]);
  private static final Hash OTHER = Hash.sha256(new byte[2]);

  private final Identity ana = Identity.ofNewMember(RANDOM);
  private final Identity eva = Identity.ofNewMember(RANDOM);

  @Test
  void aWrapIsOfOneChannelRevisionAndRecord() throws Exception {
    SecretBytes secret = RANDOM.secret(32);
    SecretBytes key = RANDOM.secret(32);
    Bytes wrap = Wraps.wrap(secret, ONE, REVISION, OTHER, key);
    assertArrayEquals(key.toArray(), Wraps.unwrap(secret, ONE, REVISION, OTHER, wrap).toArray());
    RevisionId revision = new RevisionId(Bytes.zeros(16));
    assertThrows(Tampered.class, () -> Wraps.unwrap(secret, OTHER, REVISION, OTHER, wrap));
    assertThrows(Tampered.class, () -> Wraps.unwrap(secret, ONE, revision, OTHER, wrap));
    assertThrows(Tampered.class, () -> Wraps.unwrap(secret, ONE, REVISION, ONE, wrap));
    assertThrows(Tampered.class, () -> Wraps.unwrap(RANDOM.secret(32), ONE, REVISION, OTHER, wrap));
  }

  @Test
  void aClosedEndOfAChannelHoldsNoSecret() throws Exception {
    Channels.End end = Channels.make(ana, TEAM, VAULT, recipient(eva), RANDOM);
    end.close();
    assertThrows(IllegalStateException.class, end.secret()::toArray);
  }

  @Test
  void aRecordIsOfOneRevisionOfOneFile() throws Exception {
    SealedRecords.Place place = new SealedRecords.Place(TEAM, VAULT, FILE, REVISION);
    SecretBytes key = RANDOM.secret(32);
    byte[] record = {1, 2, 3};
    Bytes sealed = SealedRecords.seal(place, key, record, RANDOM);
    assertArrayEquals(new byte[3], record, "not wiped");
    assertArrayEquals(new byte[] {1, 2, 3}, SealedRecords.open(place, key, sealed));
    assertTrue(SealedRecords.matches(place, key, sealed));
    for (SealedRecords.Place elsewhere :
        List.of(
            new SealedRecords.Place(new TeamId(VAULT.value()), VAULT, FILE, REVISION),
            new SealedRecords.Place(TEAM, new VaultId(TEAM.value()), FILE, REVISION),
            new SealedRecords.Place(TEAM, VAULT, FileId.NAME, REVISION),
            new SealedRecords.Place(TEAM, VAULT, FILE, new RevisionId(Bytes.zeros(16))))) {
      assertThrows(Tampered.class, () -> SealedRecords.open(elsewhere, key, sealed));
      assertFalse(SealedRecords.matches(elsewhere, key, sealed));
    }
    assertFalse(SealedRecords.matches(place, RANDOM.secret(32), sealed));
  }

  @Test
  void aMembersSeedIsForOneDevice() throws Exception {
    EncryptionKey key = ana.newestKey().orElseThrow();
    Hash hash = Identity.hashOf(key);
    Identity phone = Identity.ofNewDevice(ana.member(), RANDOM);
    WrappedSeed wrapped = MemberSeeds.wrap(TEAM, ana.member(), key, phone.deviceKeys(), RANDOM);
    assertEquals(phone.device(), wrapped.device());
    assertEquals(key.publicKey(), MemberSeeds.unwrap(phone, TEAM, hash, wrapped).publicKey());
    assertThrows(Tampered.class, () -> MemberSeeds.unwrap(phone, TEAM, ONE, wrapped));
    assertThrows(
        Tampered.class, () -> MemberSeeds.unwrap(phone, new TeamId(VAULT.value()), hash, wrapped));
    assertThrows(Tampered.class, () -> MemberSeeds.unwrap(eva, TEAM, hash, wrapped));
    Hash evas = Identity.hashOf(eva.newestKey().orElseThrow());
    WrappedSeed forged =
        new WrappedSeed(
            phone.device(),
            dev.cofre.client.crypto.Hpke.sealTo(
                phone.deviceKeys().encryptionKey(),
                dev.cofre.protocol.cbor.Context.of(
                    Label.MEMBER_SEED, TEAM, ana.member(), phone.device(), evas),
                key.seed(),
                RANDOM));
    assertThrows(Tampered.class, () -> MemberSeeds.unwrap(phone, TEAM, evas, forged));
  }

  @Test
  void aPreviousSeedOpensUnderTheNextKeyOnly() throws Exception {
    EncryptionKey previous = ana.newestKey().orElseThrow();
    EncryptionKey next = EncryptionKey.generate(RANDOM);
    Hash hash = Identity.hashOf(previous);
    Bytes sealed = MemberSeeds.sealPrevious(TEAM, ana.member(), previous, next, RANDOM);
    assertEquals(
        previous.publicKey(),
        MemberSeeds.openPrevious(TEAM, ana.member(), hash, next, sealed).publicKey());
    assertThrows(
        Tampered.class, () -> MemberSeeds.openPrevious(TEAM, ana.member(), ONE, next, sealed));
    assertThrows(
        Tampered.class, () -> MemberSeeds.openPrevious(TEAM, eva.member(), hash, next, sealed));
    assertThrows(
        Tampered.class, () -> MemberSeeds.openPrevious(TEAM, ana.member(), hash, previous, sealed));
  }

  private TeamState team() throws Exception {
    Entry genesis =
        new Entry(
            Entry.NO_TEAM,
            0,
            Hash.ZERO,
            ana.member(),
            ana.device(),
            1,
            new Body.Genesis(
                Hash.ZERO,
                ana.member(),
                Hash.ZERO,
                ana.deviceKeys(),
                ana.newestKey().orElseThrow().publicKey()));
    return TeamState.start(Entry.read(ana.sign(Label.ENTRY, Entry.CODEC.encode(genesis))));
  }

  private static Recipient recipient(Identity who) {
    EncryptionKey key = who.newestKey().orElseThrow();
    return new Recipient(who.member(), key.publicKey(), Identity.hashOf(key));
  }

  @Test
  void aChannelIsOpenedByItsRecipientWithTheSameSecret() throws Exception {
    TeamState team = team();
    try (Channels.End made = Channels.make(ana, team.id(), VAULT, recipient(eva), RANDOM);
        Channels.End opened = Channels.open(eva, team, VAULT, Channel.read(made.bytes()))) {
      assertArrayEquals(made.secret().toArray(), opened.secret().toArray());
      assertEquals(made.id(), opened.id());
      assertEquals(made.bytes().hash(Label.CHANNEL), opened.id());
      assertEquals("Channels.End[" + made.id() + "]", made.toString());
    }
  }

  @Test
  void aChannelOfAnotherPlaceSenderOrPurposeIsTamperedWith() throws Exception {
    TeamState team = team();
    SignedBytes right = Channels.make(ana, team.id(), VAULT, recipient(eva), RANDOM).bytes();
    Channel said = Channel.read(right).value();
    List<SignedBytes> wrong = new ArrayList<>();
    wrong.add(Channels.make(ana, TEAM, VAULT, recipient(eva), RANDOM).bytes());
    wrong.add(Channels.make(eva, team.id(), VAULT, recipient(eva), RANDOM).bytes());
    wrong.add(new SignedBytes(right.payload(), Bytes.zeros(64)));
    wrong.add(ana.sign(Label.COMMIT, right.payload().toArray()));
    wrong.add(
        ana.sign(Label.CHANNEL, Channel.CODEC.encode(by(said, eva.member(), said.deviceKey()))));
    wrong.add(
        eva.sign(
            Label.CHANNEL,
            Channel.CODEC.encode(by(said, ana.member(), eva.deviceKeys().signingKey()))));
    for (SignedBytes bytes : wrong) {
      assertThrows(
          Tampered.class, () -> Channels.open(eva, team, VAULT, Channel.read(bytes)).close());
    }
    VaultId other = new VaultId(TEAM.value());
    assertThrows(Tampered.class, () -> Channels.open(eva, team, other, Channel.read(right)));
    Signed<Channel> mislabelled = new Signed<>(said, right, Label.COMMIT, right.hash(Label.COMMIT));
    assertThrows(Tampered.class, () -> Channels.open(eva, team, VAULT, mislabelled));
  }

  private static Channel by(Channel said, MemberId sender, Bytes deviceKey) {
    return new Channel(
        said.team(),
        said.vault(),
        sender,
        said.device(),
        deviceKey,
        said.recipient(),
        said.recipientKey(),
        said.encapsulation());
  }

  @Test
  void aChannelForOthersOrForAnUnknownKeyIsNotForUs() throws Exception {
    TeamState team = team();
    Signed<Channel> channel =
        Channel.read(Channels.make(ana, team.id(), VAULT, recipient(eva), RANDOM).bytes());
    assertThrows(NotForUs.class, () -> Channels.open(ana, team, VAULT, channel));
    Identity withoutKey = Identity.ofNewDevice(eva.member(), RANDOM);
    assertThrows(NotForUs.class, () -> Channels.open(withoutKey, team, VAULT, channel));
  }

  @Test
  void anIdentityFindsAnyOfItsKeysAndKeepsTheNewestLast() {
    EncryptionKey first = ana.newestKey().orElseThrow();
    EncryptionKey second = EncryptionKey.generate(RANDOM);
    EncryptionKey third = EncryptionKey.generate(RANDOM);
    List<Hash> order =
        List.of(Identity.hashOf(first), Identity.hashOf(second), Identity.hashOf(third));
    ana.add(third, order);
    assertEquals(third, ana.newestKey().orElseThrow());
    ana.add(second, order);
    assertEquals(List.of(first, second, third), ana.memberKeys());
    assertEquals(Optional.of(second), ana.memberKey(order.get(1)));
    assertEquals(Optional.empty(), ana.memberKey(ONE));
    assertEquals(5, ana.seeds().size());
    assertEquals("Identity[" + ana.device() + "]", ana.toString());
    assertNotEquals(ana.device(), eva.device());
    ana.close();
    assertThrows(IllegalStateException.class, () -> ana.sign(Label.LOGIN, new byte[1]));
    assertThrows(IllegalStateException.class, first::seed);
  }
}
