package dev.cofre.server.blob;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Waits for the store's answers and turns its failures into ours. Only the kind of failure, the HTTP status and the S3
/// error code are passed on: what the client records beside them may hold signatures.
final class S3Answers {
  private static final int NO_ROOM = 507;
  private static final Set<String> FULL =
      Set.of("QuotaExceeded", "InsufficientStorage", "XMinioStorageFull", "StorageFull");
  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9]{1,60})</Code>");

  private S3Answers() {}

  /// A failed answer: its HTTP status, 0 when there was none, and the S3 error code or what stands in for it.
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;
    private final String code;

    Refusal(int status, String code) {
      super(code, null, false, false);
      this.status = status;
      this.code = code;
    }

    int status() {
      return status;
    }

    boolean is(String other) {
      return code.equals(other);
    }

    /// The failure for a refusal that means nothing in particular to the caller, or that there is no room.
    BlobFailure asUnavailable(String doing) {
      String how = status == 0 ? "no answer" : "HTTP " + status;
      if (status == NO_ROOM || FULL.contains(code)) {
        return new BlobFailure.Full("object storage has no room to " + doing + ": " + how);
      }
      return new BlobFailure.Unavailable(
          "object storage failed to " + doing + ": " + how + ", " + code, status);
    }
  }

  /// The result of a request.
  ///
  /// @throws Refusal when the store refuses or does not answer
  static <T> T await(CompletableFuture<T> answer) throws Refusal, IOException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for object storage");
    } catch (ExecutionException e) {
      throw refusal(e);
    }
  }

  /// Reads a refusal out of whatever the client threw.
  static Refusal refusal(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case ErrorResponseException e ->
          new Refusal(e.response().code(), String.valueOf(e.errorResponse().code()));
      case ServerException e -> new Refusal(e.statusCode(), "ServerException");
      case InvalidResponseException e -> new Refusal(0, "answer is not S3");
      case IOException e -> new Refusal(0, e.getClass().getSimpleName());
      default -> new Refusal(0, cause.getClass().getSimpleName());
    };
  }

  /// The S3 error code in an error document, or a stand-in.
  static String code(String document) {
    Matcher matcher = CODE.matcher(document);
    return matcher.find() ? matcher.group(1) : "no error code";
  }
}
