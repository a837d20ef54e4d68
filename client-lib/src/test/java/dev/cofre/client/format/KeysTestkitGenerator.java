package dev.cofre.client.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
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
import dev.cofre.protocol.Head;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.DeviceStatement;
import dev.cofre.protocol.team.Recipient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Makes the vectors under `src/test/resources/testkit-keys`: what leads to keys, and what a record says. Like [TestkitGenerator], `main`
/// writes those that do not exist yet into the directory given.
final class KeysTestkitGenerator {
  static final Codec<SignedBytes> SIGNED = Codec.of(SignedBytes.class);
  private static final String ORIGIN = "https://cofre.example.org";

  private final Map<String, TestkitFile> files = new TreeMap<>();
  private int drawn;
  private final RandomSource random = target -> draw(target.length).copyTo(target, 0);
  private final TeamId team = new TeamId(draw(32));
  private final VaultId vault = new VaultId(draw(32));
  private final Head head = new Head(1234, new Hash(draw(32)));

  private KeysTestkitGenerator() {}

  static void main(String[] arguments) throws Exception {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    for (var vector : vectors().entrySet()) {
      Path file = directory.resolve(vector.getKey() + ".txt");
      if (Files.notExists(file)) {
        vector.getValue().write(file);
      }
    }
  }

  static Map<String, TestkitFile> vectors() throws Exception {
    KeysTestkitGenerator generator = new KeysTestkitGenerator();
    generator.channels();
    generator.previousSeeds();
    generator.kits();
    generator.links();
    generator.words();
    generator.fields();
    return generator.files;
  }

  private void channels() throws CofreException {
    try (Identity sender = Identity.ofNewMember(random);
        SecretBytes seed = random.secret(32);
        EncryptionKey key = EncryptionKey.fromSeed(seed)) {
      Recipient recipient =
          new Recipient(
              new MemberId(draw(16)), key.publicKey(), Hash.sha256(key.publicKey().toArray()));
      RevisionId revision = new RevisionId(draw(16));
      Hash record = new Hash(draw(32));
      Bytes recordKey = draw(32);
      try (Channels.End end = Channels.make(sender, team, vault, recipient, random)) {
        Bytes wrap =
            Wraps.wrap(
                end.secret(), end.id(), revision, record, SecretBytes.taking(recordKey.toArray()));
        TestkitFile good =
            vector(
                "channel",
                SIGNED.encode(end.bytes()),
                join(end.secret().toArray(), recordKey.toArray()),
                "key",
                Bytes.of(seed.toArray()).hex(),
                "device",
                sender.deviceKeys().signingKey().hex(),
                "revision",
                revision.hex(),
                "record",
                record.value().hex(),
                "wrap",
                wrap.hex());
        files.put("channel", good);
        files.put("channel_other_device", tampered(good, "device", draw(32)));
        files.put("channel_other_key", tampered(good, "key", draw(32)));
        files.put("channel_other_revision", tampered(good, "revision", draw(16)));
        files.put("channel_other_record", tampered(good, "record", draw(32)));
        byte[] unsigned = good.body().toArray();
        unsigned[1000] ^= 1;
        files.put("channel_wrong_byte", good.expecting("tampered", unsigned));
        files.put("channel_cut", good.expecting("malformed", unsigned.length - 1));
      }
    }
  }

  private void previousSeeds() {
    MemberId member = new MemberId(draw(16));
    try (SecretBytes seed = random.secret(32);
        EncryptionKey previous = EncryptionKey.generate(random);
        EncryptionKey next = EncryptionKey.fromSeed(seed);
        SecretBytes before = previous.seed()) {
      Bytes sealed = MemberSeeds.sealPrevious(team, member, previous, next, random);
      TestkitFile good =
          vector(
              "previous",
              sealed.toArray(),
              before.toArray(),
              "key",
              Bytes.of(seed.toArray()).hex(),
              "team",
              team.hex(),
              "member",
              member.hex(),
              "previous",
              Hash.sha256(previous.publicKey().toArray()).value().hex());
      files.put("previous", good);
      files.put("previous_of_another_key", tampered(good, "previous", draw(32)));
      files.put("previous_other_member", tampered(good, "member", draw(16)));
      files.put("previous_none", good.expecting("tampered", new byte[1]));
    }
  }

  private void kits() {
    try (RecoveryKit kit = RecoveryKit.make(team, head, random);
        Identity device = kit.identity(new MemberId(draw(16)))) {
      String code = kit.code();
      byte[] plain =
          join(
              kit.device().value().toArray(),
              device.deviceKeys().signingKey().toArray(),
              device.deviceKeys().encryptionKey().toArray(),
              kit.team().value().toArray(),
              kit.head().hash().value().toArray());
      TestkitFile good = vector("kit", code.getBytes(UTF_8), plain);
      files.put("kit", good);
      files.put("kit_among_text", text(good, "success", "Cofre, 2026:\n" + code + "\nGuarde-o."));
      files.put("kit_capitals", text(good, "success", code.toUpperCase(Locale.ROOT)));
      files.put("kit_other_line_ends", text(good, "success", code.replace("\n", "\r\n  ")));
      files.put("kit_not_numbered", text(good, "success", code.replaceAll("\\d+\\.", "")));
      files.put("kit_otherwise_numbered", text(good, "success", code.replace(".", ") ")));
      List<String> words = kit.words();
      String swapped =
          code.replace("1." + words.get(0) + " 2." + words.get(1), "1.baba 2." + words.get(1));
      files.put("kit_slip", text(good, "malformed", swapped));
      files.put("kit_no_such_word", text(good, "malformed", code.replace(words.get(3), "xaxa")));
      files.put("kit_word_missing", text(good, "malformed", code.replace("24.", "24 ")));
      files.put("kit_no_place", text(good, "malformed", code.replace("#", "")));
      files.put(
          "kit_group_missing", text(good, "malformed", code.replaceFirst("\\b[0-9a-f]{8} ", "")));
    }
  }

  private void links() {
    InviteId invite = new InviteId(draw(16));
    try (SecretBytes secret = JoinLink.newSecret(random);
        JoinLink link = JoinLink.of(ORIGIN, team, head, new Hash(draw(32)), invite, secret)) {
      byte[] plain =
          join(
              link.team().value().toArray(),
              link.head().hash().value().toArray(),
              link.inviter().value().toArray(),
              link.invite().value().toArray(),
              link.key().publicKey().toArray());
      brokenLinks("join", vector("join link", link.text().getBytes(UTF_8), plain), link.text());
    }
    try (Identity shower = Identity.ofNewMember(random);
        Identity device = Identity.ofNewDevice(shower.member(), random)) {
      PairLink link = PairLink.make(ORIGIN, team, head, shower, random);
      SignedBytes statement = statement(device);
      Bytes message = link.seal(statement, random);
      TestkitFile good =
          vector(
              "pair link",
              link.text().getBytes(UTF_8),
              join(link.relay().value().toArray(), statement.payload().toArray()),
              "message",
              message.hex());
      brokenLinks("pair", good, link.text());
      byte[] changed = message.toArray();
      changed[70] ^= 1;
      files.put("pair_message_wrong_byte", tampered(good, "message", Bytes.of(changed)));
      link.close();
    }
  }

  private SignedBytes statement(Identity device) {
    return device.sign(
        Label.DEVICE,
        DeviceStatement.CODEC.encode(
            new DeviceStatement(team, device.member(), device.deviceKeys())));
  }

  private void brokenLinks(String name, TestkitFile good, String link) {
    files.put(name + "_link", good);
    int hash = link.indexOf('#') + 1;
    byte[] cbor = Base64.getUrlDecoder().decode(link.substring(hash));
    files.put(name + "_link_cut", text(good, "malformed", link.substring(0, link.length() - 4)));
    files.put(name + "_link_other_origin", text(good, "malformed", link.replace(".org/", ".com/")));
    files.put(name + "_link_no_hash", text(good, "malformed", link.replace("#", "")));
    files.put(name + "_link_padded", text(good, "malformed", link + "="));
    files.put(
        name + "_link_of_plus",
        text(good, "malformed", link.substring(0, hash) + "+" + link.substring(hash + 1)));
    byte[] newer = cbor.clone();
    newer[1] = 2;
    files.put(
        name + "_link_newer", text(good, "update needed", link.substring(0, hash) + base64(newer)));
    byte[] longer = Arrays.copyOf(cbor, cbor.length + 1);
    files.put(
        name + "_link_trailing", text(good, "malformed", link.substring(0, hash) + base64(longer)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void words() {
    try (Identity device = Identity.ofNewDevice(new MemberId(draw(16)), random)) {
      SignedBytes statement = statement(device);
      byte[] spelled = String.join(" ", CompareWords.over(statement)).getBytes(UTF_8);
      files.put("words", vector("words", SIGNED.encode(statement), spelled));
    }
  }

  private void fields() {
    byte[] key = draw(32).toArray();
    FileRecord.Facts facts =
        new FileRecord.Facts(
            new RecordPath("/2026/Março/relatório.pdf"),
            70_000,
            Instant.ofEpochMilli(1_780_000_000_123L),
            "application/pdf",
            Category.FINANCIAL,
            new Hash(draw(32)),
            List.of("iva", "3.º trimestre"),
            PaddedFrame.sealedLength(70_000));
    try (FileRecord record = FileRecord.of(facts, SecretBytes.taking(key.clone()))) {
      byte[] plain = join(facts.path().value().getBytes(UTF_8), key);
      TestkitFile good = vector("fields", record.encode(), plain);
      files.put("fields_file", good);
      int length = good.body().length();
      files.put("fields_cut", good.expecting("malformed", length - 1));
      files.put("fields_trailing", good.expecting("malformed", length + 1));
      byte[] kind = good.body().toArray();
      kind[1] = 3;
      files.put("fields_of_a_newer_kind", good.expecting("update needed", kind));
      byte[] wrong = good.body().toArray();
      wrong[length - 1] ^= 1;
      files.put("fields_blob_length", good.expecting("malformed", wrong));
    }
    badFields(facts, key);
    String name = "Cliente Silva";
    files.put(
        "fields_name", vector("fields", FileRecord.encodeVaultName(name), name.getBytes(UTF_8)));
  }

  private void badFields(FileRecord.Facts facts, byte[] key) {
    Map<String, String> paths =
        Map.of(
            "fields_path_dots", "/a/../b",
            "fields_path_not_composed", "/re\u0301sume",
            "fields_path_control", "/a\u0085b",
            "fields_path_no_slash", "a/b",
            "fields_path_empty_name", "/a//b",
            "fields_path_long_name", "/" + "a".repeat(256),
            "fields_path_deep", "/a".repeat(65));
    new TreeMap<>(paths)
        .forEach((name, path) -> {
          RecordLayout layout =
              new RecordLayout.OfFile(
                  path,
                  facts.size(),
                  facts.modified().toEpochMilli(),
                  facts.type(),
                  facts.category(),
                  facts.contentHash().value(),
                  facts.tags(),
                  Bytes.of(key),
                  facts.blobLength());
          files.put(
              name,
              vector("fields", RecordLayout.CODEC.encode(layout), key).with("expect", "malformed"));
        });
  }

  private static TestkitFile tampered(TestkitFile good, String name, Bytes value) {
    return good.with("expect", "tampered").with(name, value.hex());
  }

  private static TestkitFile text(TestkitFile good, String expectation, String text) {
    return good.expecting(expectation, text.getBytes(UTF_8));
  }

  private static TestkitFile vector(String kind, byte[] body, byte[] plain, String... further) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("expect", "success");
    headers.put("kind", kind);
    for (int i = 0; i < further.length; i += 2) {
      headers.put(further[i], further[i + 1]);
    }
    headers.put("sha256", Hashes.sha256(plain).hex());
    return new TestkitFile(headers, Bytes.of(body));
  }

  static byte[] join(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private Bytes draw(int length) {
    byte[] bytes = new byte[length];
    for (int from = 0; from < length; from += Hashes.LENGTH) {
      byte[] block = Hashes.sha256(("testkit keys 1 " + drawn++).getBytes(US_ASCII)).toArray();
      System.arraycopy(block, 0, bytes, from, Math.min(block.length, length - from));
    }
    return Bytes.of(bytes);
  }
}
