package dev.cofre.client.fuzz;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.format.Category;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.format.PaddedFrame;
import dev.cofre.client.format.PaddedRecord;
import dev.cofre.client.format.RecordPath;
import dev.cofre.client.format.SendManifest;
import dev.cofre.client.format.SendPreface;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.JoinLink;
import dev.cofre.client.keys.KeystoreLayout;
import dev.cofre.client.keys.PairLink;
import dev.cofre.client.keys.RecoveryKit;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.ServerInfo;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.signed.SignedBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Inputs from which the search begins. `main` writes them below a directory, each target's in one of its own.
final class Seeds {
  private Seeds() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    write(root.resolve("blobs"), blobs());
    write(root.resolve("records"), records());
    write(root.resolve("links"), links());
    write(root.resolve("kit"), kits());
    write(root.resolve("keystore"), keystores());
    write(root.resolve("http"), answers());
    KeystoreTarget.fuzzerTearDown();
  }

  private static void write(Path directory, Map<String, byte[]> seeds) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, byte[]> seed : seeds.entrySet()) {
      Files.write(directory.resolve(seed.getKey()), seed.getValue());
    }
  }

  private static byte[] seed(int first, byte[] rest) {
    return seed(new byte[] {(byte) first}, rest);
  }

  private static byte[] seed(byte[] first, byte[] rest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(rest);
    return out.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Map<String, byte[]> blobs() throws IOException {
    byte[] any = {0, (byte) 200};
    byte[] frame = {1, 63};
    byte[] changed = {2, 7, 0, 4, 1, 2, 3, 4};
    return Map.of(
        "blob", seed(any, BlobsTarget.seal(new byte[100])),
        "frame", seed(frame, BlobsTarget.framed(text("content"))),
        "frame-full", seed(frame, BlobsTarget.framed(new byte[PaddedFrame.MIN_LENGTH - 8])),
        "unchanged", changed,
        "flipped", seed(changed, new byte[] {0, 60, 7}),
        "cut", seed(changed, new byte[] {1, 0, 0}),
        "longer", seed(changed, new byte[] {0, 80, 17}));
  }

  static Map<String, byte[]> records() {
    FileRecord.Facts facts =
        new FileRecord.Facts(
            new RecordPath("/Clientes/nómina.pdf"),
            1000,
            Instant.ofEpochMilli(1_700_000_000_000L),
            "application/pdf",
            Category.PERSONAL,
            Fixed.HASH,
            List.of("2026"),
            PaddedFrame.sealedLength(1000));
    byte[] file;
    try (SecretBytes key = Fixed.key();
        FileRecord record = FileRecord.of(facts, key)) {
      file = record.encode();
    }
    byte[] name = FileRecord.encodeVaultName("Contratos");
    Bytes sealed;
    try (SecretBytes key = Fixed.key()) {
      sealed = SealedRecords.seal(RecordsTarget.PLACE, key, file.clone(), Fixed.random());
    }
    return Map.of(
        "sealed", seed(0, sealed.toArray()),
        "padded", seed(1, PaddedRecord.pad(file)),
        "file", seed(2, file),
        "name", seed(2, name));
  }

  static Map<String, byte[]> links() {
    SignedBytes statement = new SignedBytes(Fixed.bytes(4, 1), Fixed.bytes(64, 2));
    return Map.of(
        "join", seed(0, text(joinText())),
        "pair", seed(1, text(pairText())),
        "origin", seed(2, text("HTTPS://Cofre.Example:443/")),
        "loopback", seed(2, text("http://[::1]:8443")),
        "statement", seed(3, Codec.of(SignedBytes.class).encode(statement)),
        "send", seed(4, text("http://[::1]:8443/s/" + "0a".repeat(16) + "#v1." + "A".repeat(64))),
        "manifest", seed(5, manifest()),
        "preface", seed(6, new SendPreface("Ana", "Team", 2, 300).encode()));
  }

  private static byte[] manifest() {
    SendManifest.Facts facts =
        new SendManifest.Facts(
            Fixed.TEAM,
            Fixed.VAULT,
            "Ana",
            "a note",
            Instant.ofEpochMilli(3),
            Optional.of("a text"));
    SendManifest.File file =
        new SendManifest.File(
            "a.txt",
            5,
            Instant.ofEpochMilli(4),
            "text/plain",
            Fixed.HASH,
            Fixed.FILE,
            Fixed.BLOB,
            Fixed.key());
    try (SendManifest manifest = SendManifest.of(facts, List.of(file))) {
      return manifest.encode();
    }
  }

  private static String joinText() {
    try (SecretBytes secret = JoinLink.newSecret(Fixed.random());
        JoinLink link =
            JoinLink.of(Fixed.ORIGIN, Fixed.TEAM, Fixed.HEAD, Fixed.HASH, Fixed.INVITE, secret)) {
      return link.text();
    }
  }

  static String pairText() {
    try (Identity shower = Identity.ofNewDevice(Fixed.MEMBER, Fixed.random());
        PairLink link =
            PairLink.make(Fixed.ORIGIN, Fixed.TEAM, Fixed.HEAD, shower, Fixed.random())) {
      return link.text();
    }
  }

  static Map<String, byte[]> kits() {
    try (RecoveryKit kit = RecoveryKit.make(Fixed.TEAM, Fixed.HEAD, Fixed.random())) {
      String plain =
          String.join(" ", kit.words()) + kit.code().substring(kit.code().lastIndexOf("24."));
      return Map.of(
          "code", text(kit.code()),
          "capitals", text(kit.code().toUpperCase(java.util.Locale.ROOT)),
          "plain", text(plain.replaceAll("24\\.[a-z]{4}", "")));
    }
  }

  static Map<String, byte[]> keystores() {
    byte[] content =
        Codec.of(KeystoreLayout.Inner.class)
            .encode(
                new KeystoreLayout.Inner(
                    Fixed.ORIGIN,
                    Fixed.TEAM,
                    Fixed.HEAD,
                    Fixed.MEMBER,
                    Fixed.DEVICE,
                    Fixed.bytes(32, 1),
                    Fixed.bytes(32, 2),
                    List.of(new KeystoreLayout.Seed(Fixed.bytes(32, 3))),
                    Fixed.bytes(32, 4)));
    return Map.of("file", seed(0, KeystoreTarget.sealed(content)), "content", seed(1, content));
  }

  static Map<String, byte[]> answers() {
    byte[] info =
        ServerInfo.CODEC.encode(
            new ServerInfo("0.1.0", Fixed.ORIGIN, ServerInfo.Registration.TOKEN));
    String raw = "Content-Type: application/octet-stream\r\n";
    byte[] twenty = new byte[20];
    Map<String, byte[]> seeds = new LinkedHashMap<>();
    seeds.put("info", seed(0, RawServer.ok(info)));
    seeds.put("relay", seed(2, answer("200 OK", raw + "Content-Length: 20\r\n", twenty)));
    seeds.put("ended", seed(3, answer("204 No Content", "", new byte[0])));
    seeds.put("blob", seed(4, answer("200 OK", raw + "Content-Length: 20\r\n", twenty)));
    seeds.put(
        "chunked",
        seed(
            4,
            answer(
                "200 OK",
                raw + "Transfer-Encoding: chunked\r\n",
                text("5\r\nabcde\r\n0\r\nTrailer: 1\r\n\r\n"))));
    seeds.put(
        "range",
        seed(
            5,
            answer(
                "206 Partial Content",
                raw + "Content-Range: bytes 10-29/100\r\nContent-Length: 20\r\n",
                twenty)));
    seeds.put(
        "problem",
        seed(
            1,
            answer("429 Slow", "Cofre-Problem: rate-limited\r\nRetry-After: 999999\r\n", twenty)));
    seeds.put("elsewhere", seed(0, answer("302 Found", "Location: /other\r\n", new byte[0])));
    seeds.put(
        "password", seed(0, answer("401 Who", "WWW-Authenticate: Basic realm=\"x\"\r\n", twenty)));
    seeds.put("informed", seed(0, answer("100 Continue", "", RawServer.ok(info))));
    return seeds;
  }

  private static byte[] answer(String status, String headers, byte[] body) {
    return RawServer.with("HTTP/1.1 " + status + "\r\n" + headers + "\r\n", body);
  }
}
