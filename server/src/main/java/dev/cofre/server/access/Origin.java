package dev.cofre.server.access;

import java.net.URI;
import java.util.Locale;
import java.util.function.Supplier;

/// The server's origin, `scheme://host[:port]`, which logins must name.
public final class Origin {
  private final Supplier<URI> url;

  /// @param url the public address; asked for when it is needed, because a free port is known only once the server listens
  public Origin(Supplier<URI> url) {
    this.url = url;
  }

  /// The origin, in lower case and without a default port.
  public String value() {
    URI address = url.get();
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    boolean plain = address.getPort() < 0 || address.getPort() == usual;
    String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
    return scheme + "://" + host + (plain ? "" : ":" + address.getPort());
  }
}
