package dev.cofre.client.keys;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Unsupported;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.cbor.UpdateNeededException;
import java.util.Base64;

/// Links whose fragment holds strict CBOR in unpadded base64url: `ORIGIN/PATH#…`.
final class FragmentLink {
  private static final int MAX_LENGTH = 2048;

  private FragmentLink() {}

  static boolean has(String text, String path) {
    int hash = text.indexOf('#');
    return hash > 0 && text.substring(0, hash).strip().endsWith(path);
  }

  static <T> String write(String origin, String path, Codec<T> codec, T layout) {
    return origin
        + path
        + "#"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(codec.encode(layout));
  }

  static <T> T read(String text, String path, Codec<T> codec) throws CofreException {
    String link = text.strip();
    if (link.length() > MAX_LENGTH || !has(link, path)) {
      throw malformed();
    }
    String fragment = link.substring(link.indexOf('#') + 1);
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(fragment);
      if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(fragment)) {
        throw malformed();
      }
      return codec.decode(bytes);
    } catch (UpdateNeededException _) {
      throw new Unsupported("the link is of a newer version", "Update Cofre to use it.");
    } catch (MalformedException | IllegalArgumentException _) {
      throw malformed();
    }
  }

  /// The visible address must be the one that the fragment means.
  static void requireOrigin(String text, String origin) throws Malformed {
    if (!text.strip().startsWith(origin + "/")) {
      throw malformed();
    }
  }

  private static Malformed malformed() {
    return new Malformed(
        "this is not a whole link", "Copy all of it, up to the last character after the #.");
  }
}
