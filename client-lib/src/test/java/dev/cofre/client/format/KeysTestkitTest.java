package dev.cofre.client.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unsupported;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.keys.CompareWords;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.JoinLink;
import dev.cofre.client.keys.MemberSeeds;
import dev.cofre.client.keys.PairLink;
import dev.cofre.client.keys.RecoveryKit;
import dev.cofre.client.keys.Wraps;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.vault.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Reads every committed vector of what leads to keys and of what a record says.
class KeysTestkitTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/testkit-keys");

  @TestFactory
  List<DynamicTest> everyVectorGivesWhatItSays() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .sorted()
          .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)))
          .toList();
    }
  }

  @Test
  void theGeneratorStillMakesTheCommittedVectors() throws Exception {
    Map<String, TestkitFile> committed = new TreeMap<>();
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        committed.put(name.substring(0, name.length() - ".txt".length()), TestkitFile.read(file));
      }
    }
    assertTrue(committed.size() > 40);
    assertEquals(committed, KeysTestkitGenerator.vectors());
  }

  private static void check(Path path) throws Exception {
    TestkitFile file = TestkitFile.read(path);
    String outcome;
    try {
      assertEquals(file.get("sha256"), Hashes.sha256(open(file)).hex());
      outcome = "success";
    } catch (Tampered _) {
      outcome = "tampered";
    } catch (Malformed | MalformedException _) {
      outcome = "malformed";
    } catch (Unsupported _) {
      outcome = "update needed";
    }
    assertEquals(file.get("expect"), outcome);
  }

  private static byte[] open(TestkitFile file) throws CofreException, MalformedException {
    return switch (file.get("kind")) {
      case "channel" -> channel(file);
      case "previous" -> previous(file);
      case "kit" -> kit(new String(file.body().toArray(), UTF_8));
      case "join link" -> join(new String(file.body().toArray(), UTF_8));
      case "pair link" -> pair(new String(file.body().toArray(), UTF_8), file.hex("message"));
      case "words" -> String.join(" ", CompareWords.over(signed(file))).getBytes(UTF_8);
      case "fields" -> fields(file.body().toArray());
      default -> throw new IllegalStateException(file.get("kind"));
    };
  }

  private static SignedBytes signed(TestkitFile file) throws MalformedException {
    return KeysTestkitGenerator.SIGNED.decode(file.body().toArray());
  }

  private static byte[] channel(TestkitFile file) throws CofreException, MalformedException {
    Signed<Channel> channel = Channel.read(signed(file));
    if (!channel.verifies(Bytes.of(file.hex("device")))) {
      throw new Tampered("a channel");
    }
    try (EncryptionKey key = EncryptionKey.fromSeed(SecretBytes.taking(file.hex("key")));
        SecretBytes secret = Channels.secret(key, channel.value());
        SecretBytes recordKey =
            Wraps.unwrap(
                secret,
                channel.hash(),
                new RevisionId(Bytes.of(file.hex("revision"))),
                new Hash(Bytes.of(file.hex("record"))),
                Bytes.of(file.hex("wrap")))) {
      return KeysTestkitGenerator.join(secret.toArray(), recordKey.toArray());
    }
  }

  private static byte[] previous(TestkitFile file) throws CofreException {
    try (EncryptionKey next = EncryptionKey.fromSeed(SecretBytes.taking(file.hex("key")));
        EncryptionKey previous =
            MemberSeeds.openPrevious(
                new TeamId(Bytes.of(file.hex("team"))),
                new MemberId(Bytes.of(file.hex("member"))),
                new Hash(Bytes.of(file.hex("previous"))),
                next,
                file.body());
        SecretBytes seed = previous.seed()) {
      return seed.toArray();
    }
  }

  private static byte[] kit(String code) throws CofreException {
    try (RecoveryKit kit = RecoveryKit.read(code);
        Identity device = kit.identity(new MemberId(Bytes.of(new byte[16])))) {
      return KeysTestkitGenerator.join(
          kit.device().value().toArray(),
          device.deviceKeys().signingKey().toArray(),
          device.deviceKeys().encryptionKey().toArray(),
          kit.team().value().toArray(),
          kit.head().hash().value().toArray());
    }
  }

  private static byte[] join(String text) throws CofreException {
    try (JoinLink link = JoinLink.read(text)) {
      return KeysTestkitGenerator.join(
          link.team().value().toArray(),
          link.head().hash().value().toArray(),
          link.inviter().value().toArray(),
          link.invite().value().toArray(),
          link.key().publicKey().toArray());
    }
  }

  private static byte[] pair(String text, byte[] message) throws CofreException {
    try (PairLink link = PairLink.read(text)) {
      SignedBytes statement = link.open(Bytes.of(message));
      return KeysTestkitGenerator.join(
          link.relay().value().toArray(), statement.payload().toArray());
    }
  }

  private static byte[] fields(byte[] cbor) throws CofreException {
    if (cbor[1] == 2) {
      return FileRecord.readVaultName(cbor).getBytes(UTF_8);
    }
    try (FileRecord record = FileRecord.read(cbor)) {
      return KeysTestkitGenerator.join(
          record.facts().path().value().getBytes(UTF_8), record.contentKey().toArray());
    }
  }
}
