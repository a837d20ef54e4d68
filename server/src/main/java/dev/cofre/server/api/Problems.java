package dev.cofre.server.api;

import dev.cofre.protocol.api.Problem;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Problems on the wire (RFC 9457), also for what the HTTP layer refuses by itself.
@Singleton
class Problems implements ErrorResponseProcessor<byte[]> {
  private static final String CORRELATION = "cofre.correlation";
  private static final AtomicLong NEXT = new AtomicLong(System.nanoTime() << 20);

  @Override
  public MutableHttpResponse<byte[]> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    if (response.getHeaders().contains(Problem.HEADER)) {
      @SuppressWarnings("unchecked")
      MutableHttpResponse<byte[]> done = (MutableHttpResponse<byte[]>) response;
      return done;
    }
    Problem problem =
        switch (response.code()) {
          case 401 -> Problem.NO_SESSION;
          case 403 -> Problem.NOT_ALLOWED;
          case 404, 405 -> Problem.NOT_FOUND;
          case 408 -> Problem.TOO_SLOW;
          case 406, 415 -> Problem.UNSUPPORTED_MEDIA;
          case 411 -> Problem.LENGTH_REQUIRED;
          case 413 -> Problem.TOO_LARGE;
          case 429 -> Problem.RATE_LIMITED;
          case 503 -> Problem.UNAVAILABLE;
          default -> response.code() < 500 ? Problem.MALFORMED : Problem.UNEXPECTED;
        };
    return fill(response, context.getRequest(), problem, "refused before it was looked at");
  }

  /// A problem as an answer.
  static MutableHttpResponse<byte[]> response(
      HttpRequest<?> request, Problem problem, String detail) {
    return fill(
        HttpResponse.status(HttpStatus.valueOf(problem.status())), request, problem, detail);
  }

  private static MutableHttpResponse<byte[]> fill(
      MutableHttpResponse<?> response, HttpRequest<?> request, Problem problem, String detail) {
    String title =
        problem.name().charAt(0)
            + problem.name().substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
    String json =
        "{\"type\":\"urn:cofre:problem:"
            + problem.code()
            + "\",\"title\":\""
            + title
            + "\",\"status\":"
            + problem.status()
            + ",\"detail\":\""
            + escaped(detail)
            + "\",\"instance\":\"urn:cofre:request:"
            + correlation(request)
            + "\"}";
    response
        .status(HttpStatus.valueOf(problem.status()))
        .contentType(new MediaType("application/problem+json"))
        .header(Problem.HEADER, problem.code());
    switch (problem) {
      case RATE_LIMITED, BUSY -> response.header("Retry-After", "1");
      case UNAVAILABLE -> response.header("Retry-After", "5");
      default -> {}
    }
    if (endsConnection(problem)) {
      response.header(HttpHeaders.CONNECTION, "close");
    }
    SecurityHeaders.set(response);
    return response.body(json.getBytes(StandardCharsets.UTF_8));
  }

  /// After these the rest of the body is not waited for.
  private static boolean endsConnection(Problem problem) {
    return switch (problem) {
      case TOO_LARGE, TOO_SLOW, BUSY, UNSUPPORTED_MEDIA, LENGTH_REQUIRED -> true;
      default -> false;
    };
  }

  /// What ties an answer to the lines of the log.
  static String correlation(HttpRequest<?> request) {
    return request
        .getAttribute(CORRELATION, String.class)
        .orElseGet(() -> {
          String fresh = HexFormat.of().toHexDigits(NEXT.incrementAndGet());
          request.setAttribute(CORRELATION, fresh);
          return fresh;
        });
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        out.append(c < 0x20 || c > 0x7e ? '?' : c);
      }
    }
    return out.toString();
  }
}
