package dev.cofre.client.keys;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Unsupported;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.SendId;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The link of a send, `ORIGIN/s/SEND#v1.…`: a key of 256 bits, and 128 bits of a hash that say which manifest it opens. The server never sees
/// what follows the `#`. There is one way to write a link.
public final class SendLink implements AutoCloseable {
  /// Bytes of the link's key.
  public static final int KEY_LENGTH = 32;

  /// Bytes of what says which manifest it opens.
  public static final int MARK_LENGTH = 16;

  private static final int MAX_LENGTH = 2048;
  private static final Pattern FORM =
      Pattern.compile(
          "(https?://(?:[a-z0-9._-]{1,240}|\\[[0-9a-f:.]{2,45}])(?::\\d{1,5})?)/s/([0-9a-f]{32})#v1\\.([A-Za-z0-9_-]{64})");
  private static final Pattern LOOSE = Pattern.compile("https?://[^/?#\\s]+/s/[^#\\s]*#\\S*");
  private static final Pattern NEWER = Pattern.compile("[^#]*#v([2-9]|[1-9][0-9]+)\\..*");

  private final String origin;
  private final SendId send;
  private final SecretBytes key;
  private final Bytes mark;

  private SendLink(String origin, SendId send, SecretBytes key, Bytes mark) {
    this.origin = origin;
    this.send = send;
    this.key = key;
    this.mark = mark;
  }

  /// The link of a send; the key is copied.
  ///
  /// @param sealed SHA-256 of the sealed manifest
  public static SendLink of(
      String origin, SendId send, SecretBytes key, Bytes preface, Hash sealed) {
    return new SendLink(origin, send, key.duplicate(), mark(preface, sealed));
  }

  /// What a link says of the manifest that it opens.
  private static Bytes mark(Bytes preface, Hash sealed) {
    byte[] both = new byte[preface.length() + Hash.LENGTH];
    preface.copyTo(both, 0);
    sealed.value().copyTo(both, preface.length());
    return Hash.sha256(both).value().slice(0, MARK_LENGTH);
  }

  /// Whether a text is such a link, going by its form.
  public static boolean isLink(String text) {
    return LOOSE.matcher(text.strip()).matches();
  }

  /// Reads a link.
  ///
  /// @throws CofreException [Malformed] when it is not a whole link; [Unsupported] when a newer release made it
  public static SendLink read(String text) throws CofreException {
    String link = text.strip();
    if (link.length() > MAX_LENGTH) {
      throw malformed();
    }
    if (isLink(link) && NEWER.matcher(link).matches()) {
      throw new Unsupported("the link is of a newer version", "Update Cofre to use it.");
    }
    Matcher matcher = FORM.matcher(link);
    if (!matcher.matches()) {
      throw malformed();
    }
    byte[] fragment = Base64.getUrlDecoder().decode(matcher.group(3));
    try {
      return new SendLink(
          matcher.group(1),
          new SendId(Bytes.fromHex(matcher.group(2))),
          SecretBytes.copyOf(fragment, 0, KEY_LENGTH),
          Bytes.of(fragment, KEY_LENGTH, MARK_LENGTH));
    } finally {
      Arrays.fill(fragment, (byte) 0);
    }
  }

  private static Malformed malformed() {
    return new Malformed(
        "this is not a whole link", "Copy all of it, up to the last character after the #.");
  }

  /// The link as text, to be handed over by another way than the server.
  public String text() {
    byte[] fragment = new byte[KEY_LENGTH + MARK_LENGTH];
    key.copyTo(fragment, 0);
    mark.copyTo(fragment, KEY_LENGTH);
    try {
      return origin
          + "/s/"
          + send.hex()
          + "#v1."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(fragment);
    } finally {
      Arrays.fill(fragment, (byte) 0);
    }
  }

  /// The server's origin.
  public String origin() {
    return origin;
  }

  /// The send.
  public SendId send() {
    return send;
  }

  /// What follows from the key. The caller closes it.
  public SendSecret secret() {
    return SendSecret.of(send, key);
  }

  /// Whether this is the link of a preface and of a manifest, by the hash of its blob.
  public boolean opens(Bytes preface, Hash sealed) {
    return mark(preface, sealed).equals(mark);
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "SendLink[" + send + "]";
  }
}
