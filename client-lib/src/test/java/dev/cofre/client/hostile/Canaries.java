package dev.cofre.client.hostile;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.keys.JoinLink;
import dev.cofre.client.keys.PairLink;
import dev.cofre.client.keys.RecoveryKit;
import dev.cofre.client.keys.SendLink;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Everything that no server may ever be told, in whatever form: texts, names, paths, passphrases, keys. What is shorter than five bytes
/// would be found by chance and does not count.
final class Canaries {
  private static final int SHORTEST = 5;

  private final Map<Bytes, String> patterns = new LinkedHashMap<>();

  Canaries() {}

  /// The same, to which more may be added.
  Canaries copy() {
    Canaries copy = new Canaries();
    copy.patterns.putAll(patterns);
    return copy;
  }

  /// A text.
  void add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length < SHORTEST) {
      return;
    }
    String what = "“" + text.substring(0, Math.min(40, text.length())) + "”";
    add(Bytes.of(utf8), what);
    pattern(text.getBytes(StandardCharsets.UTF_16LE), what + " in UTF-16LE");
    pattern(text.getBytes(StandardCharsets.UTF_16BE), what + " in UTF-16BE");
  }

  /// A path and its names.
  void addPath(String path) {
    add(path);
    Stream.of(path.split("/")).forEach(this::add);
  }

  /// A key, a seed or another secret.
  void add(Bytes secret, String what) {
    byte[] bytes = secret.toArray();
    pattern(bytes, what);
    pattern(latin(secret.hex()), what + " in hexadecimal");
    pattern(latin(secret.hex().toUpperCase(Locale.ROOT)), what + " in hexadecimal");
    for (String url : escaped(bytes)) {
      pattern(latin(url), what + " as part of an address");
    }
    for (int before = 0; before < 3; before++) {
      pattern(base64(Base64.getEncoder(), bytes, before), what + " in base64");
      pattern(base64(Base64.getUrlEncoder(), bytes, before), what + " in base64url");
    }
  }

  private static List<String> escaped(byte[] bytes) {
    StringBuilder all = new StringBuilder();
    StringBuilder needed = new StringBuilder();
    for (byte b : bytes) {
      String escape = String.format("%%%02X", b & 0xff);
      all.append(escape);
      boolean plain = b > 0 && (Character.isLetterOrDigit(b) || "-._~".indexOf(b) >= 0);
      needed.append(plain ? String.valueOf((char) b) : escape);
    }
    return List.of(all.toString(), all.toString().toLowerCase(Locale.ROOT), needed.toString());
  }

  /// What does not depend on the neighbours of the bytes, of which there are `before`, counted in threes.
  private static byte[] base64(Base64.Encoder encoder, byte[] bytes, int before) {
    byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    String text = encoder.withoutPadding().encodeToString(shifted);
    int from = before == 0 ? 0 : before + 1;
    int to = text.length() - (shifted.length % 3 == 0 ? 0 : 1);
    return latin(text.substring(from, to));
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void pattern(byte[] bytes, String what) {
    if (bytes.length >= SHORTEST) {
      patterns.putIfAbsent(Bytes.of(bytes), what);
    }
  }

  /// The link of an invitation or of a pairing: what follows the `#`, and the secret in it.
  void addLink(String link) {
    String fragment = link.substring(link.indexOf('#') + 1);
    add(fragment);
    byte[] layout = Base64.getUrlDecoder().decode(fragment);
    try {
      Bytes secret =
          PairLink.isLink(link)
              ? Codec.of(PairLink.Layout.class).decode(layout).secret()
              : Codec.of(JoinLink.Layout.class).decode(layout).secret();
      add(secret, "the secret of a link");
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /// The link of a send: what follows the `#`, and the key in it.
  void addSend(String link) {
    String fragment = link.substring(link.indexOf("#v1.") + 4);
    add(fragment);
    Bytes key = Bytes.of(Base64.getUrlDecoder().decode(fragment)).slice(0, SendLink.KEY_LENGTH);
    add(key, "the key of a send");
  }

  /// A recovery kit: its words in several spellings, and all keys that follow from them.
  void addKit(String code) {
    try (RecoveryKit kit = RecoveryKit.read(code);
        var identity = kit.identity(new MemberId(Bytes.zeros(MemberId.LENGTH)))) {
      add(code);
      List<String> words = new ArrayList<>(kit.words());
      add(String.join(" ", words));
      add(String.join("", words));
      identity.seeds().forEach(seed -> add(Bytes.of(seed.toArray()), "a key of a kit"));
    } catch (CofreException e) {
      throw new AssertionError(e);
    }
  }

  /// What to look for.
  Scanner scanner() {
    return new Scanner(patterns);
  }
}
