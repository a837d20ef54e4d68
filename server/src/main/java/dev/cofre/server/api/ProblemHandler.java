package dev.cofre.server.api;

import dev.cofre.protocol.api.Problem;
import dev.cofre.server.blob.BlobFailure;
import dev.cofre.server.domain.Refusal;
import dev.cofre.server.store.Outage;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns whatever goes wrong into a [Problem]; a bug becomes `UNEXPECTED` and a line in the log.
@Singleton
class ProblemHandler implements ExceptionHandler<Throwable, HttpResponse<?>> {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
  private static final int CAUSES = 8;

  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, Throwable thrown) {
    Optional<Refusal> refusal =
        causes(thrown).filter(Refusal.class::isInstance).map(Refusal.class::cast).findFirst();
    if (refusal.isPresent()) {
      return Problems.response(
          request, refusal.get().problem(), String.valueOf(refusal.get().getMessage()));
    }
    Problem problem = problem(thrown);
    if (problem == Problem.UNEXPECTED) {
      LOG.error(
          "event=unexpected request={} thrown=\"{}\"",
          Problems.correlation(request),
          Faults.describe(thrown));
    } else {
      LOG.warn(
          "event=failed request={} problem={} cause={}",
          Problems.correlation(request),
          problem.code(),
          thrown.getClass().getSimpleName());
    }
    MutableHttpResponse<?> response = Problems.response(request, problem, detail(problem));
    return problem == Problem.MALFORMED
        ? response.header(HttpHeaders.CONNECTION, "close")
        : response;
  }

  private static Problem problem(Throwable thrown) {
    return causes(thrown)
        .flatMap(cause -> known(cause).stream())
        .findFirst()
        .orElse(Problem.UNEXPECTED);
  }

  private static Optional<Problem> known(Throwable cause) {
    return switch (cause) {
      case BlobFailure.Unavailable _ -> Optional.of(Problem.UNAVAILABLE);
      case BlobFailure.NoSuchObject _, BlobFailure.Damaged _, BlobFailure.OutOfRange _ ->
          Optional.of(Problem.UNAVAILABLE);
      case BlobFailure.Full _ -> Optional.of(Problem.STORAGE_FULL);
      case Throwable full when Outage.isFull(full) -> Optional.of(Problem.STORAGE_FULL);
      case Throwable busy when Outage.isBusy(busy) -> Optional.of(Problem.BUSY);
      case Throwable outage when Outage.is(outage) -> Optional.of(Problem.UNAVAILABLE);
      case EOFException _ -> Optional.of(Problem.MALFORMED);
      case IOException io when isFull(io) -> Optional.of(Problem.STORAGE_FULL);
      default -> Optional.empty();
    };
  }

  private static boolean isFull(IOException io) {
    return String.valueOf(io.getMessage()).contains("No space left");
  }

  private static String detail(Problem problem) {
    return switch (problem) {
      case UNAVAILABLE -> "the database or the storage does not answer";
      case BUSY -> "others keep what is to be changed: again in a moment";
      case STORAGE_FULL -> "the storage is full";
      case MALFORMED -> "the body ended early";
      default -> "a bug of this server: tell its operator the instance";
    };
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(CAUSES);
  }
}
