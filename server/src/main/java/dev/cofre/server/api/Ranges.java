package dev.cofre.server.api;

import dev.cofre.server.access.Limits;
import dev.cofre.server.domain.Blobs;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.io.IOException;
import java.util.Optional;

/// Answers with a content, whole or the part that the request asks for.
final class Ranges {
  private Ranges() {}

  /// Gives part of a content.
  @FunctionalInterface
  interface Source {
    Blobs.Part open(long first, long length) throws IOException;
  }

  static HttpResponse<Content> answer(
      HttpRequest<?> request, Limits limits, long total, Source source) throws IOException {
    Optional<ByteRange> range =
        Optional.ofNullable(request.getHeaders().get(HttpHeaders.RANGE))
            .map(header -> ByteRange.parse(header, total));
    ByteRange wanted = range.orElse(new ByteRange(0, total));
    Blobs.Part part = source.open(wanted.first(), wanted.length());
    MutableHttpResponse<Content> response =
        HttpResponse.<Content>ok(new Content(new PacedAnswer(part.bytes(), limits)))
            .contentType(Exchange.RAW)
            .contentLength(part.length())
            .header(HttpHeaders.ACCEPT_RANGES, "bytes");
    return range.isEmpty()
        ? response
        : response
            .status(HttpStatus.PARTIAL_CONTENT)
            .header(HttpHeaders.CONTENT_RANGE, wanted.header(total));
  }
}
