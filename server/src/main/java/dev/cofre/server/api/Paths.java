package dev.cofre.server.api;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Problem;
import dev.cofre.server.domain.Refusal;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What stands in a request's path, query and headers. Nothing is found under an id that is none.
final class Paths {
  private static final Pattern HEX = Pattern.compile("(?:[0-9a-f]{2}){1,32}");
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final Pattern BEARER = Pattern.compile("Bearer ([A-Za-z0-9_-]{43})");

  private Paths() {}

  /// An id in lower-case hexadecimal.
  static <T> T id(String hex, Function<Bytes, T> type) {
    if (!HEX.matcher(hex).matches()) {
      throw Refusal.notFound();
    }
    try {
      return type.apply(Bytes.fromHex(hex));
    } catch (IllegalArgumentException _) {
      throw Refusal.notFound();
    }
  }

  /// A number in decimal in the query.
  static long number(HttpRequest<?> request, String name, long otherwise) {
    return Optional.ofNullable(request.getParameters().get(name))
        .map(text -> {
          Refusal.unless(
              NUMBER.matcher(text).matches(), Problem.MALFORMED, "not a number: " + name);
          return Long.parseLong(text);
        })
        .orElse(otherwise);
  }

  /// The session's token, if the request has one.
  static Optional<Bytes> token(HttpRequest<?> request) {
    return Optional.ofNullable(request.getHeaders().get(HttpHeaders.AUTHORIZATION))
        .map(BEARER::matcher)
        .filter(Matcher::matches)
        .map(m -> Bytes.of(Base64.getUrlDecoder().decode(m.group(1))));
  }
}
