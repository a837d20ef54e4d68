package dev.cofre.server.api;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.server.access.Limits;
import dev.cofre.server.domain.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/// Bodies in and out. What is in memory is bounded for each request, for each member and for all together: bodies as their bytes
/// arrive, large answers from when they are made until they are written. Bodies and answers that cost no more than the connection they travel on
/// are not counted, so nobody who fills the rest keeps others from logging in.
@Singleton
class Exchange {
  /// The content type of every body with a record.
  static final String CBOR = "application/cbor";

  /// The content type of raw bodies.
  static final String RAW = MediaType.APPLICATION_OCTET_STREAM;

  /// Longest body of whoever has no session, in bytes.
  static final int STRANGERS = 8 << 10;

  /// Longest body of a conversation without a chain in it, in bytes.
  static final int SMALL = 1 << 20;

  /// Longest body that brings an entry, in bytes.
  static final int ENTRY = 2 << 20;

  private static final int UNCOUNTED = 64 << 10;
  private static final int FIRST = 16 << 10;
  private static final long HEAP = Runtime.getRuntime().maxMemory();
  private static final long ONE_BODY = Commits.MAX_BODY + UNCOUNTED;
  private static final int MAKERS = Math.clamp(HEAP >> 26, 1, 32);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Memory coming = new Memory(Math.max(HEAP / 8, ONE_BODY), ONE_BODY);
  private final Memory going;
  private final Semaphore makers;
  private final Limits limits;

  @Inject
  Exchange(Limits limits) {
    this(limits, new Memory(Math.max(HEAP / 4, ONE_BODY), ONE_BODY), MAKERS);
  }

  /// With so much memory for answers, of which so many are made at a time.
  Exchange(Limits limits, Memory going, int makers) {
    this.limits = limits;
    this.going = going;
    this.makers = new Semaphore(makers, true);
  }

  /// Reads a record of somebody without a session and answers it.
  <Q> HttpResponse<byte[]> stranger(
      HttpRequest<?> request,
      InputStream body,
      Codec<Q> codec,
      Function<Q, HttpResponse<byte[]>> answer)
      throws IOException {
    return answer(Bytes.EMPTY, request, body, STRANGERS, codec, answer);
  }

  /// Reads a record and answers it.
  ///
  /// @throws Refusal when the body is longer than `limit`, comes too slowly, or is not exactly one record
  <Q, A> HttpResponse<A> answer(
      Bytes holder,
      HttpRequest<?> request,
      InputStream body,
      int limit,
      Codec<Q> codec,
      Function<Q, HttpResponse<A>> answer)
      throws IOException {
    requireShort(request, limit);
    try (Memory.Lease lease = coming.lease(holder)) {
      return answer.apply(decode(codec, read(body, limit, lease)));
    }
  }

  /// Reads a raw body.
  ///
  /// @throws Refusal when it is longer than `limit` or comes too slowly
  byte[] raw(Bytes holder, HttpRequest<?> request, InputStream body, int limit) throws IOException {
    requireShort(request, limit);
    try (Memory.Lease lease = coming.lease(holder)) {
      return read(body, limit, lease);
    }
  }

  private static void requireShort(HttpRequest<?> request, int limit) {
    Refusal.unless(
        request.getContentLength() <= limit, Problem.TOO_LARGE, "longer than this route takes");
  }

  private byte[] read(InputStream body, int limit, Memory.Lease lease) throws IOException {
    Pace pace = new Pace(System::nanoTime, Pace.IN_MEMORY, limits.grace());
    byte[] bytes = new byte[Math.min(FIRST, limit + 1)];
    int length = 0;
    for (; ; ) {
      int count = body.read(bytes, length, bytes.length - length);
      if (count < 0) {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
      }
      length += count;
      Refusal.unless(length <= limit, Problem.TOO_LARGE, "longer than this route takes");
      Refusal.unless(!pace.isTooSlow(count), Problem.TOO_SLOW, "the body comes too slowly");
      if (length == bytes.length) {
        int longer = (int) Math.min(2L * bytes.length, limit + 1L);
        if (longer > UNCOUNTED) {
          lease.grow(longer);
        }
        bytes = Arrays.copyOf(bytes, longer);
      }
    }
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

  /// A record that may be large as an answer. Few are made at a time, and one that waits for its memory counts as one of them.
  ///
  /// @throws Refusal when too many of this holder's, or of all, are not written yet
  <A> HttpResponse<?> page(Bytes holder, Codec<A> codec, Supplier<A> value) {
    Memory.Lease lease = going.lease(holder);
    byte[] bytes = make(lease, codec, value);
    return bytes.length <= UNCOUNTED
        ? HttpResponse.ok(bytes).contentType(CBOR)
        : HttpResponse.ok(new CountedAnswer(bytes, lease, limits.grace())).contentType(CBOR);
  }

  private <A> byte[] make(Memory.Lease lease, Codec<A> codec, Supplier<A> value) {
    try {
      Refusal.unless(
          makers.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS),
          Problem.BUSY,
          "too many ask at once: again in a moment");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Refusal(Problem.BUSY, "the server stops");
    }
    try {
      byte[] bytes = codec.encode(value.get());
      if (bytes.length > UNCOUNTED) {
        lease.grow(bytes.length);
      }
      return bytes;
    } finally {
      makers.release();
    }
  }

  /// An answer without a body.
  static HttpResponse<byte[]> nothing() {
    return HttpResponse.noContent();
  }
}
