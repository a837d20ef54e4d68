package dev.cofre.server.blob;

import dev.cofre.server.blob.S3Answers.Refusal;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/// Sends bytes to an S3 store, straight from the content to the connection. The client's own upload calls want to hash the
/// content before they send it, so they would have to hold it; an address signed beforehand does not cover the content and
/// needs no request of its own. These addresses never leave this class; those that members get are of [S3DirectStore].
final class S3Parts {
  private static final MediaType OCTETS = MediaType.get("application/octet-stream");
  private static final long ERROR_DOCUMENT_LIMIT = 8 * 1024;

  private final MinioAsyncClient signer;
  private final OkHttpClient client;
  private final String bucket;

  S3Parts(MinioAsyncClient signer, OkHttpClient client, S3Settings settings) {
    this.signer = signer;
    this.client = client;
    this.bucket = settings.bucket();
  }

  /// Stores an object in one step unless its key is taken.
  void putWhole(ObjectKey key, AnnouncedContent content) throws Refusal, IOException {
    send(address(key, Map.of()).header("If-None-Match", "*"), content);
  }

  /// Stores a part.
  ///
  /// @return its ETag
  String putPart(ObjectKey key, String upload, int number, AnnouncedContent content)
      throws Refusal, IOException {
    return send(
        address(key, Map.of("uploadId", upload, "partNumber", Integer.toString(number))), content);
  }

  private Request.Builder address(ObjectKey key, Map<String, String> query) throws Refusal {
    try {
      return new Request.Builder()
          .url(
              signer.getPresignedObjectUrl(
                  GetPresignedObjectUrlArgs.builder()
                      .method(Http.Method.PUT)
                      .bucket(bucket)
                      .object(key.value())
                      .expiry(1, TimeUnit.HOURS)
                      .extraQueryParams(new Http.QueryParameters(query))
                      .build()));
    } catch (MinioException e) {
      throw S3Answers.refusal(e);
    }
  }

  private String send(Request.Builder address, AnnouncedContent content)
      throws Refusal, IOException {
    Request request = address.put(new OneShot(content)).build();
    try (Response response = client.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw new Refusal(response.code(), S3Answers.code(beginning(response)));
      }
      return Optional.ofNullable(response.header("ETag"))
          .map(etag -> etag.replace("\"", ""))
          .filter(etag -> !etag.isEmpty())
          .orElseThrow(() -> new Refusal(response.code(), "no ETag"));
    } catch (IOException e) {
      Optional<IOException> own = content.failure();
      if (own.isPresent()) {
        throw own.get();
      }
      throw S3Answers.refusal(e);
    }
  }

  private static String beginning(Response response) throws IOException {
    try (ResponseBody body = response.peekBody(ERROR_DOCUMENT_LIMIT)) {
      return body.string();
    }
  }

  private static final class OneShot extends RequestBody {
    private final AnnouncedContent content;

    OneShot(AnnouncedContent content) {
      this.content = content;
    }

    @Override
    public @Nullable MediaType contentType() {
      return OCTETS;
    }

    @Override
    public long contentLength() {
      return content.length();
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      content.copyTo(sink.outputStream());
    }
  }
}
