package dev.cofre.server.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;

/// What every answer says to browsers: nothing here is for them, but for the page of a send, which may use what this server gives and nothing
/// else.
final class SecurityHeaders {
  /// The header that says what a page may use.
  static final String POLICY = "Content-Security-Policy";

  private static final String NOWHERE =
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /// For a page of this server: no script, style or request but to this server, and no text that becomes a script.
  static final String OF_PAGES =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
          + NOWHERE
          + "; require-trusted-types-for 'script'; trusted-types 'none'";

  private static final String OF_DATA = "default-src 'none'; " + NOWHERE;

  private SecurityHeaders() {}

  static void set(MutableHttpResponse<?> response) {
    if (!response.getHeaders().contains(POLICY)) {
      response.getHeaders().set(POLICY, OF_DATA);
    }
    response
        .getHeaders()
        .set("X-Content-Type-Options", "nosniff")
        .set(HttpHeaders.CACHE_CONTROL, "no-store")
        .set("Referrer-Policy", "no-referrer")
        .set("Cross-Origin-Opener-Policy", "same-origin")
        .set("Cross-Origin-Resource-Policy", "same-origin")
        .set(
            "Permissions-Policy",
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()");
  }
}
