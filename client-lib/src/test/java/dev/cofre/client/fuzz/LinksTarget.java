package dev.cofre.client.fuzz;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.Hkdf;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Unsupported;
import dev.cofre.client.format.SendManifest;
import dev.cofre.client.format.SendPreface;
import dev.cofre.client.keys.JoinLink;
import dev.cofre.client.keys.PairLink;
import dev.cofre.client.keys.SendLink;
import dev.cofre.client.remote.Origin;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Context;
import dev.cofre.protocol.signed.SignedBytes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What somebody pastes: an invitation, a link to a new device or of a send, the address of a server; what a new device sends, and what a send
/// says. What is read is written as the same.
public final class LinksTarget {
  private static final Codec<SignedBytes> STATEMENT = Codec.of(SignedBytes.class);

  private LinksTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Input in = new Input(input);
    int kind = in.number() % 7;
    byte[] bytes = in.rest();
    String text = new String(bytes, StandardCharsets.UTF_8);
    Allocation.requireFew(
        bytes.length,
        () -> {
          switch (kind) {
            case 0 -> join(text);
            case 1 -> pair(text);
            case 2 -> origin(text);
            case 3 -> message(bytes);
            case 4 -> send(text);
            case 5 -> manifest(bytes);
            default -> preface(bytes);
          }
        });
  }

  private static void join(String text) {
    try (JoinLink link = JoinLink.read(text)) {
      same(text, link.text(), JoinLink.isLink(text));
    } catch (CofreException e) {
      typed(e);
    }
  }

  private static void pair(String text) {
    try (PairLink link = PairLink.read(text)) {
      same(text, link.text(), PairLink.isLink(text));
    } catch (CofreException e) {
      typed(e);
    }
  }

  private static void send(String text) {
    try (SendLink link = SendLink.read(text)) {
      if (!text.strip().equals(link.text()) || !SendLink.isLink(text)) {
        throw new IllegalStateException("read as " + link.text());
      }
    } catch (CofreException e) {
      typed(e);
    }
  }

  private static void manifest(byte[] bytes) {
    try (SendManifest manifest = SendManifest.read(bytes)) {
      if (!Arrays.equals(bytes, manifest.encode())) {
        throw new IllegalStateException("read, and written otherwise");
      }
    } catch (CofreException e) {
      typed(e);
    }
  }

  private static void preface(byte[] bytes) {
    try {
      if (!Arrays.equals(bytes, SendPreface.read(bytes).encode())) {
        throw new IllegalStateException("read, and written otherwise");
      }
    } catch (CofreException e) {
      typed(e);
    }
  }

  private static void origin(String text) {
    URI address;
    try {
      address = URI.create(text);
    } catch (IllegalArgumentException _) {
      return;
    }
    try {
      Origin origin = Origin.of(address);
      if (!Origin.of(URI.create(origin.text())).equals(origin)) {
        throw new IllegalStateException("not the one form of " + text);
      }
    } catch (CofreException e) {
      typed(e);
    }
  }

  private static void message(byte[] bytes) {
    try (PairLink link = link()) {
      SignedBytes statement = link.open(sealed(bytes));
      if (!Arrays.equals(bytes, STATEMENT.encode(statement))) {
        throw new IllegalStateException("read, and written otherwise");
      }
    } catch (CofreException e) {
      typed(e);
    }
  }

  /// A link that is the same in every run.
  static PairLink link() throws CofreException {
    return PairLink.read(Seeds.pairText());
  }

  /// As whoever has the link seals, but with any bytes inside.
  private static Bytes sealed(byte[] bytes) throws CofreException {
    try (PairLink link = link()) {
      byte[] context =
          Context.of(
              Label.PAIRING,
              link.layout().team().value(),
              Bytes.of((byte) 2),
              link.layout().member().value(),
              link.layout().device().value());
      SecretBytes secret = SecretBytes.taking(link.layout().secret().toArray());
      try (SecretBytes key = Hkdf.derive(new byte[0], secret, context, Cobblestone.KEY_LENGTH)) {
        return Bytes.of(Cobblestone.seal(key, context, bytes, Fixed.random()));
      }
    }
  }

  /// The fragment has one form; before it stands the origin that it means, and the kind of link.
  private static void same(String read, String written, boolean known) {
    String path = written.substring(written.lastIndexOf('/'), written.indexOf('#'));
    String origin = written.substring(0, written.indexOf('#') - path.length());
    boolean same =
        read.substring(read.indexOf('#')).strip().equals(written.substring(written.indexOf('#')))
            && read.strip().startsWith(origin + "/")
            && read.substring(0, read.indexOf('#')).strip().endsWith(path);
    if (!known || !same) {
      throw new IllegalStateException("read as " + written);
    }
  }

  private static void typed(CofreException e) {
    if (!(e instanceof Malformed || e instanceof Unsupported)) {
      throw new IllegalStateException("another failure", e);
    }
  }
}
