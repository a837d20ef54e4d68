package dev.cofre.client.remote;

import dev.cofre.client.failure.Malformed;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/// Where a server is: `https://host[:port]`, or `http` to a loopback address. The one form of it, in lower case and without
/// the scheme's own port, is what logins name.
public record Origin(String text) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");
  private static final Pattern FORM =
      Pattern.compile("https?://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?");
  private static final int MAX_LENGTH = 255;

  public Origin {
    if (!FORM.matcher(text).matches() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("not an origin");
    }
    URI uri = URI.create(text);
    if (uri.getHost() == null
        || uri.getPort() == defaultPort(uri.getScheme())
        || uri.getPort() > 65_535) {
      throw new IllegalArgumentException("not an origin in its one form");
    }
    if (uri.getScheme().equals("http") && !LOOPBACK.matcher(uri.getHost()).matches()) {
      throw new IllegalArgumentException("http only to this machine");
    }
  }

  /// The origin in an address that holds nothing else.
  ///
  /// @throws Malformed when it has a user, path, query or fragment, or is neither https nor loopback http
  public static Origin of(URI address) throws Malformed {
    String scheme = address.getScheme();
    String host = address.getHost();
    if (scheme == null
        || host == null
        || address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || address.getRawFragment() != null
        || !(address.getRawPath().isEmpty() || address.getRawPath().equals("/"))) {
      throw malformed();
    }
    scheme = scheme.toLowerCase(Locale.ROOT);
    int port = address.getPort();
    String suffix = port < 0 || port == defaultPort(scheme) ? "" : ":" + port;
    try {
      return new Origin(scheme + "://" + host.toLowerCase(Locale.ROOT) + suffix);
    } catch (IllegalArgumentException _) {
      throw malformed();
    }
  }

  /// Whether it is this machine without TLS.
  boolean isLoopback() {
    return text.startsWith("http:");
  }

  /// Whether it is this machine, with or without TLS.
  boolean isThisMachine() {
    return LOOPBACK.matcher(URI.create(text).getHost()).matches();
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  private static Malformed malformed() {
    return new Malformed(
        "this is not the address of a server", "Give it as https://host or https://host:port.");
  }

  @Override
  public String toString() {
    return text;
  }
}
