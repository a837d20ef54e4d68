package dev.cofre.server.api;

import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/// Sends stored bytes in pieces, each read when the connection has room for it. A piece costs two changes of thread, so that large ones are
/// much cheaper; but each connection may hold two of them, so that only [#WIDE] answers at a time have them. The others go on in small ones.
@Singleton
final class ContentWriter implements ResponseBodyWriter<Content> {
  /// A large piece, in bytes.
  static final int LARGE = 128 << 10;

  /// A small piece, in bytes.
  static final int SMALL = 8 << 10;

  /// How many answers are sent in large pieces at a time: 32 MiB at most.
  static final int WIDE = 128;

  private final ExecutorService executor;
  private final Semaphore wide = new Semaphore(WIDE);

  ContentWriter(@Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.executor = executor;
  }

  @Override
  public CloseableByteBody writePiece(
      ByteBodyFactory bodies,
      HttpRequest<?> request,
      HttpResponse<?> response,
      Argument<Content> type,
      MediaType mediaType,
      Content content) {
    Publisher<ReadBuffer> buffers = pieces(content).map(bodies.readBufferFactory()::adapt);
    return bodies.adapt(buffers, OptionalLong.empty());
  }

  /// The content, read when it is asked for.
  Flux<byte[]> pieces(Content content) {
    return Flux.generate(
            () -> new Reading(content.bytes(), wide.tryAcquire()), Reading::next, this::end)
        .subscribeOn(Schedulers.fromExecutor(executor));
  }

  private void end(Reading reading) {
    if (reading.isWide()) {
      wide.release();
    }
    try {
      reading.bytes().close();
    } catch (IOException _) {
      // What was read has been sent, and nothing else depends on it.
    }
  }

  private record Reading(InputStream bytes, boolean isWide) {
    Reading next(SynchronousSink<byte[]> sink) {
      try {
        byte[] piece = new byte[isWide ? LARGE : SMALL];
        int length = bytes.readNBytes(piece, 0, piece.length);
        if (length > 0) {
          sink.next(length == piece.length ? piece : Arrays.copyOf(piece, length));
        } else {
          sink.complete();
        }
      } catch (IOException e) {
        sink.error(e);
      }
      return this;
    }
  }

  @Override
  public void writeTo(
      Argument<Content> type,
      MediaType mediaType,
      Content content,
      MutableHeaders headers,
      OutputStream target) {
    throw new UnsupportedOperationException("content is sent in pieces");
  }
}
