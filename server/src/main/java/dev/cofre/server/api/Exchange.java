package dev.cofre.server.api;

import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.server.domain.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Bodies in and out. What is read into memory is bounded for each request, and for all requests together.
@Singleton
class Exchange {
  /// The content type of every body with a record.
  static final String CBOR = "application/cbor";

  /// The content type of raw bodies.
  static final String RAW = MediaType.APPLICATION_OCTET_STREAM;

  /// Longest body of a conversation without a chain in it, in bytes.
  static final int SMALL = 1 << 20;

  /// Longest body that brings an entry, in bytes.
  static final int ENTRY = 2 << 20;

  private static final int KIB = 1024;
  private static final long MOST_IN_MEMORY = 256L << 20;

  private final Semaphore kibibytes =
      new Semaphore(
          (int) (Math.min(Runtime.getRuntime().maxMemory(), MOST_IN_MEMORY) / 8 / KIB), true);

  /// Reads a record and answers it.
  ///
  /// @throws Refusal when the body is longer than `limit`, or not exactly one record
  <Q> HttpResponse<byte[]> answer(
      HttpRequest<?> request,
      InputStream body,
      int limit,
      Codec<Q> codec,
      Function<Q, HttpResponse<byte[]>> answer)
      throws IOException {
    long announced = request.getContentLength();
    Refusal.unless(announced <= limit, Problem.TOO_LARGE, "longer than this route takes");
    int permits = (int) (announced < 0 ? limit : announced) / KIB + 1;
    kibibytes.acquireUninterruptibly(permits);
    try {
      return answer.apply(decode(codec, bounded(body, limit)));
    } finally {
      kibibytes.release(permits);
    }
  }

  /// Reads a raw body.
  ///
  /// @throws Refusal when it is longer than `limit`
  static byte[] bounded(InputStream body, int limit) throws IOException {
    byte[] bytes = body.readNBytes(limit + 1);
    Refusal.unless(bytes.length <= limit, Problem.TOO_LARGE, "longer than this route takes");
    return bytes;
  }

  private static <Q> Q decode(Codec<Q> codec, byte[] bytes) {
    try {
      return codec.decode(bytes);
    } catch (MalformedException malformed) {
      throw Refusal.of(malformed);
    }
  }

  /// A record as an answer.
  static <A> HttpResponse<byte[]> ok(Codec<A> codec, A value) {
    return HttpResponse.ok(codec.encode(value)).contentType(CBOR);
  }

  /// An answer without a body.
  static HttpResponse<byte[]> nothing() {
    return HttpResponse.noContent();
  }
}
