package dev.cofre.client.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.DeviceKeys;
import dev.cofre.protocol.team.DeviceKind;
import dev.cofre.protocol.team.DeviceStatement;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.JoinStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The words that two people compare are over everything that one of them brings.
class CompareWordsTest {
  private static final RandomSource RANDOM = RandomSource.system();

  private final TeamId team = new TeamId(RANDOM.bytes(TeamId.LENGTH));
  private final MemberId member = new MemberId(RANDOM.bytes(MemberId.LENGTH));
  private final InviteId invite = new InviteId(RANDOM.bytes(InviteId.LENGTH));
  private final Hash profile = Hash.sha256(new byte[] {1});
  private final Bytes memberKey = RANDOM.bytes(1216);
  private final DeviceKeys keys =
      new DeviceKeys(
          new DeviceId(RANDOM.bytes(DeviceId.LENGTH)),
          DeviceKind.COMPUTER,
          RANDOM.bytes(32),
          RANDOM.bytes(1216));
  private final Bytes signature = RANDOM.bytes(64);

  /// One bit more or less.
  private static Bytes other(Bytes bytes) {
    byte[] changed = bytes.toArray();
    changed[changed.length / 2] ^= 1;
    return Bytes.of(changed);
  }

  /// The keys of a device with one of them, or what is said of it, changed.
  private List<DeviceKeys> otherKeys() {
    return List.of(
        new DeviceKeys(
            new DeviceId(other(keys.id().value())),
            keys.kind(),
            keys.signingKey(),
            keys.encryptionKey()),
        new DeviceKeys(keys.id(), DeviceKind.RECOVERY_KIT, keys.signingKey(), keys.encryptionKey()),
        new DeviceKeys(keys.id(), keys.kind(), other(keys.signingKey()), keys.encryptionKey()),
        new DeviceKeys(keys.id(), keys.kind(), keys.signingKey(), other(keys.encryptionKey())));
  }

  private static void assertAllDiffer(List<SignedBytes> signed) {
    List<List<String>> words = signed.stream().map(CompareWords::over).toList();
    words.forEach(each -> assertEquals(8, each.size()));
    assertEquals(signed.size(), new HashSet<>(words).size());
  }

  private static void addOtherSignature(List<SignedBytes> signed) {
    SignedBytes first = signed.getFirst();
    signed.add(new SignedBytes(first.payload(), other(first.signature())));
  }

  @Test
  @Tag("B12")
  @Tag("B14")
  void ofAJoinDifferWithEveryKeyAndEveryWordOfIt() {
    List<JoinStatement> statements = new ArrayList<>();
    statements.add(new JoinStatement(team, invite, member, profile, keys, memberKey));
    statements.add(
        new JoinStatement(
            new TeamId(other(team.value())), invite, member, profile, keys, memberKey));
    statements.add(
        new JoinStatement(
            team, new InviteId(other(invite.value())), member, profile, keys, memberKey));
    statements.add(
        new JoinStatement(
            team, invite, new MemberId(other(member.value())), profile, keys, memberKey));
    statements.add(
        new JoinStatement(team, invite, member, new Hash(other(profile.value())), keys, memberKey));
    otherKeys()
        .forEach(changed ->
            statements.add(new JoinStatement(team, invite, member, profile, changed, memberKey)));
    statements.add(new JoinStatement(team, invite, member, profile, keys, other(memberKey)));
    List<SignedBytes> joins = new ArrayList<>();
    for (JoinStatement statement : statements) {
      joins.add(join(statement, signature, 5));
    }
    joins.add(join(statements.getFirst(), other(signature), 5));
    joins.add(join(statements.getFirst(), signature, 6));
    addOtherSignature(joins);
    assertAllDiffer(joins);
  }

  private SignedBytes join(JoinStatement statement, Bytes by, long seq) {
    Body body = new Body.Join(new SignedBytes(Bytes.of(JoinStatement.CODEC.encode(statement)), by));
    Entry entry = new Entry(team, seq, profile, member, keys.id(), 1_700_000_000_000L, body);
    return new SignedBytes(Bytes.of(Entry.CODEC.encode(entry)), signature);
  }

  @Test
  @Tag("B10")
  @Tag("B12")
  void ofANewDeviceDifferWithEveryKeyOfIt() {
    List<DeviceStatement> statements = new ArrayList<>();
    statements.add(new DeviceStatement(team, member, keys));
    statements.add(new DeviceStatement(new TeamId(other(team.value())), member, keys));
    statements.add(new DeviceStatement(team, new MemberId(other(member.value())), keys));
    otherKeys().forEach(changed -> statements.add(new DeviceStatement(team, member, changed)));
    List<SignedBytes> signed = new ArrayList<>();
    for (DeviceStatement statement : statements) {
      signed.add(new SignedBytes(Bytes.of(DeviceStatement.CODEC.encode(statement)), signature));
    }
    addOtherSignature(signed);
    assertAllDiffer(signed);
  }
}
