package dev.cofre.client.remote;

import dev.cofre.client.failure.Malformed;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.regex.Pattern;

/// Where in the storage one thing may be done by whoever has this. A server chose it, so it is checked before anybody goes there; and it is
/// a secret, so it does not print itself and stands in no failure.
final class SignedAddress {
  private static final Pattern FORM =
      Pattern.compile("(https?://[A-Za-z0-9._:\\[\\]-]{1,255})(/[!-\"$-\\[\\]-~]{0,4000})");

  private final Origin origin;
  private final URL url;

  private SignedAddress(Origin origin, URL url) {
    this.origin = origin;
    this.url = url;
  }

  /// Reads what a server gave.
  ///
  /// @param server who gave it
  /// @throws Malformed when it has a user or a fragment, is neither https nor loopback http, or leads to this machine from a server that is
  ///     elsewhere
  static SignedAddress read(String text, Origin server) throws Malformed {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw malformed();
    }
    try {
      Origin origin = Origin.of(new URI(parts.group(1)));
      if (origin.isThisMachine() && !server.isThisMachine()) {
        throw malformed();
      }
      return new SignedAddress(origin, new URI(text).toURL());
    } catch (URISyntaxException | MalformedURLException | IllegalArgumentException _) {
      throw malformed();
    }
  }

  Origin origin() {
    return origin;
  }

  URL url() {
    return url;
  }

  private static Malformed malformed() {
    return new Malformed("the server gave an address of the storage that is none");
  }

  @Override
  public String toString() {
    return "SignedAddress[at " + origin + "]";
  }
}
