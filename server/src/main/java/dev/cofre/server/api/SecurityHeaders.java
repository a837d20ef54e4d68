package dev.cofre.server.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;

/// What every answer says to browsers: nothing here is for them.
final class SecurityHeaders {
  private SecurityHeaders() {}

  static void set(MutableHttpResponse<?> response) {
    response
        .getHeaders()
        .set("X-Content-Type-Options", "nosniff")
        .set(HttpHeaders.CACHE_CONTROL, "no-store")
        .set(
            "Content-Security-Policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
        .set("Referrer-Policy", "no-referrer")
        .set("Cross-Origin-Resource-Policy", "same-origin");
  }
}
