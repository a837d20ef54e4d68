package dev.cofre.server.api;

import dev.cofre.protocol.api.Problem;
import dev.cofre.server.access.Origin;
import dev.cofre.server.domain.Refusal;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What every request and every answer passes: compressed requests are refused, bodies that do not say what they are, and what is said
/// twice; answers get their security headers, and one
/// line goes to the log, with the route's template and never a path, query, token or body.
@ServerFilter(Filter.MATCH_ALL_PATTERN)
@Order(-1000)
class Doorway {
  private static final Logger LOG = LoggerFactory.getLogger("dev.cofre.server.requests");
  private static final String BEGUN = "cofre.begun";

  private final Origin origin;

  Doorway(Origin origin) {
    this.origin = origin;
  }

  @RequestFilter
  void request(HttpRequest<?> request) {
    request.setAttribute(BEGUN, System.nanoTime());
    Refusal.unless(
        !request.getHeaders().contains(HttpHeaders.CONTENT_ENCODING),
        Problem.UNSUPPORTED_MEDIA,
        "no compressed requests");
    Refusal.unless(
        !hasBody(request) || request.getContentType().isPresent(),
        Problem.UNSUPPORTED_MEDIA,
        "a body without a content type");
    boolean once =
        request.getParameters().asMap().values().stream().allMatch(given -> given.size() == 1)
            && request.getHeaders().getAll(HttpHeaders.AUTHORIZATION).size() <= 1;
    Refusal.unless(once, Problem.MALFORMED, "a parameter or an authorization more than once");
  }

  private static boolean hasBody(HttpRequest<?> request) {
    return request.getContentLength() > 0
        || request.getHeaders().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  @ResponseFilter
  void response(HttpRequest<?> request, MutableHttpResponse<?> response) {
    SecurityHeaders.set(response);
    if (origin.value().startsWith("https:")) {
      response.getHeaders().set("Strict-Transport-Security", "max-age=31536000");
    }
    if (LOG.isInfoEnabled()) {
      LOG.info(
          "event=request request={} method={} route={} status={} problem={} ms={}",
          Problems.correlation(request),
          request.getMethodName(),
          BasicHttpAttributes.getUriTemplate(request).orElse("-"),
          response.code(),
          response.getHeaders().get(Problem.HEADER, String.class).orElse("-"),
          milliseconds(request));
    }
  }

  private static long milliseconds(HttpRequest<?> request) {
    long now = System.nanoTime();
    return (now - request.getAttribute(BEGUN, Long.class).orElse(now)) / 1_000_000;
  }
}
