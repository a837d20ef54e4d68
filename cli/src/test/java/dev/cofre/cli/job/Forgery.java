package dev.cofre.cli.job;

import dev.cofre.cli.demo.Actor;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.format.ExportManifest;
import dev.cofre.client.format.ExportManifest.ExportedFile;
import dev.cofre.client.keys.Keystore;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.vault.Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An export changed by somebody who has the exporting device, and signs a manifest that fits what they made: what is refused now is
/// refused for what is in the files.
final class Forgery {
  static final Codec<SignedBytes> SIGNED = Codec.of(SignedBytes.class);
  static final Codec<Commits.Item> ITEM = Codec.of(Commits.Item.class);
  static final Codec<Bundle> BUNDLE = Codec.of(Bundle.class);

  private final Path export;
  private final Actor signer;

  Forgery(Path export, Actor signer) {
    this.export = export;
    this.signer = signer;
  }

  Path export() {
    return export;
  }

  /// The items of a file.
  <T> List<T> items(String name, Codec<T> codec) throws Exception {
    List<T> items = new ArrayList<>();
    byte[] all = Files.readAllBytes(export.resolve(name));
    for (int from = 0; from < all.length; ) {
      T item = codec.decode(Arrays.copyOfRange(all, from, from + length(all, from)));
      items.add(item);
      from += codec.encode(item).length;
    }
    return items;
  }

  /// The length of one item of CBOR.
  private static int length(byte[] all, int from) {
    int first = all[from] & 0xff;
    int info = first & 31;
    int width = info < 24 ? 0 : 1 << (info - 24);
    long argument = info < 24 ? info : 0;
    for (int i = 1; i <= width; i++) {
      argument = argument << 8 | (all[from + i] & 0xff);
    }
    int head = 1 + width;
    return switch (first >> 5) {
      case 2, 3 -> head + (int) argument;
      case 4 -> {
        int length = head;
        for (long i = 0; i < argument; i++) {
          length += length(all, from + length);
        }
        yield length;
      }
      default -> head;
    };
  }

  <T> void write(String name, Codec<T> codec, List<T> items) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    items.forEach(item -> all.writeBytes(codec.encode(item)));
    Files.write(export.resolve(name), all.toByteArray());
  }

  /// A signed thing with one bit of its payload turned over.
  static SignedBytes spoilt(SignedBytes signed) {
    return new SignedBytes(spoilt(signed.payload()), signed.signature());
  }

  static Bytes spoilt(Bytes bytes) {
    byte[] changed = bytes.toArray();
    changed[changed.length - 1] ^= 1;
    return Bytes.of(changed);
  }

  /// Signs what lies there, of another head of the vault if one is given.
  void sign(Head... head) throws Exception {
    SignedBytes was = SIGNED.decode(Files.readAllBytes(export.resolve("manifest")));
    ExportManifest said = ExportManifest.CODEC.decode(was.payload().toArray());
    List<ExportedFile> files = new ArrayList<>();
    for (ExportedFile file : said.files()) {
      byte[] content = Files.readAllBytes(export.resolve(file.name()));
      files.add(new ExportedFile(file.name(), content.length, Hash.sha256(content)));
    }
    VaultHead vault =
        head.length == 0 ? said.vault() : new VaultHead(said.vault().vault(), head[0]);
    ExportManifest now =
        new ExportManifest(
            said.team(), said.teamHead(), vault, said.member(), said.device(), said.time(), files);
    String passphrase = Files.readString(signer.directory().resolve("passphrase")).strip();
    try (Keystore keystore =
        Keystore.open(signer.home(), passphrase.toCharArray(), RandomSource.system())) {
      SignedBytes signed = keystore.identity().sign(Label.EXPORT, ExportManifest.CODEC.encode(now));
      Files.write(export.resolve("manifest"), SIGNED.encode(signed));
    }
  }
}
