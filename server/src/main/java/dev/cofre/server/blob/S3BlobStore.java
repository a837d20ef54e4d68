package dev.cofre.server.blob;

import dev.cofre.server.blob.S3Answers.Refusal;
import io.minio.AbortMultipartUploadArgs;
import io.minio.BucketExistsArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.RemoveObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.messages.Part;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Objects in a bucket of an S3-compatible store. Needs put, get, head, delete, list and multipart uploads, nothing else:
/// no versions, tags, checksums headers or part lists. Bytes stream through without being held; each upload marks its
/// object with a random name of its own, by which a repeated completion recognises it.
///
/// Failed requests are not repeated here, except that the client opens a new connection for a dead one: the caller knows
/// whether it still wants the answer.
public final class S3BlobStore implements BlobStore, AutoCloseable {
  private static final String MARK = "upload";
  private static final int MARK_BYTES = 16;

  private final String bucket;
  private final RandomGenerator random;
  private final S3Connection connection;
  private final MinioAsyncClient client;
  private final S3Parts parts;
  private final S3Listing listing;
  private final Turns turns = new Turns();

  /// Prepares the client; no request is made.
  ///
  /// @param random where the marks of uploads come from
  /// @throws IOException when the trusted certificates cannot be read
  public S3BlobStore(S3Settings settings, S3Credentials credentials, RandomGenerator random)
      throws IOException {
    this(settings, credentials, random, 1_000);
  }

  S3BlobStore(S3Settings settings, S3Credentials credentials, RandomGenerator random, int page)
      throws IOException {
    this.bucket = settings.bucket();
    this.random = random;
    this.connection = new S3Connection(settings);
    this.client =
        MinioAsyncClient.builder()
            .endpoint(settings.endpoint().toString())
            .region(settings.region())
            .credentials(credentials.accessKey(), credentials.secretKey())
            .httpClient(connection.client())
            .build();
    switch (settings.addressing()) {
      case PATH -> client.disableVirtualStyleEndpoint();
      case VIRTUAL_HOST -> client.enableVirtualStyleEndpoint();
    }
    this.parts = new S3Parts(client, connection.client(), settings);
    this.listing = new S3Listing(client, bucket, page);
  }

  @Override
  public void store(ObjectKey key, long length, InputStream content) throws IOException {
    AnnouncedContent announced = new AnnouncedContent(content, length);
    try {
      parts.putWhole(key, announced);
    } catch (Refusal e) {
      throw e.status() == 412 || e.status() == 409
          ? new BlobFailure.ObjectExists(key)
          : e.asUnavailable("store an object");
    }
  }

  @Override
  public UploadHandle begin(ObjectKey key) throws IOException {
    byte[] mark = new byte[MARK_BYTES];
    random.nextBytes(mark);
    String hex = HexFormat.of().formatHex(mark);
    try {
      String id =
          S3Answers.await(
                  client.createMultipartUpload(
                      CreateMultipartUploadArgs.builder()
                          .bucket(bucket)
                          .object(key.value())
                          .headers(
                              new Http.Headers(
                                  "Content-Type",
                                  "application/octet-stream",
                                  "x-amz-meta-" + MARK,
                                  hex))
                          .build()))
              .result()
              .uploadId();
      return new UploadHandle(hex + id);
    } catch (Refusal e) {
      throw e.asUnavailable("begin an upload");
    }
  }

  @Override
  public PartTag put(
      ObjectKey key, UploadHandle upload, int number, long length, InputStream content)
      throws IOException {
    PartTag.requireNumber(number);
    AnnouncedContent announced = new AnnouncedContent(content, length);
    try {
      return new PartTag(number, length, parts.putPart(key, id(key, upload), number, announced));
    } catch (Refusal e) {
      throw e.status() == 404 ? new BlobFailure.NoSuchUpload(key) : e.asUnavailable("store a part");
    }
  }

  @Override
  public void complete(ObjectKey key, UploadHandle upload, List<PartTag> tags) throws IOException {
    long length = PartTag.requireWhole(tags);
    turns.run(key, () -> completeInTurn(key, upload, tags, length));
  }

  private void completeInTurn(ObjectKey key, UploadHandle upload, List<PartTag> tags, long length)
      throws IOException {
    if (isDone(key, upload, length)) {
      return;
    }
    Part[] all = tags.stream().map(t -> new Part(t.number(), t.tag())).toArray(Part[]::new);
    try {
      S3Answers.await(
          client.completeMultipartUpload(
              CompleteMultipartUploadArgs.builder()
                  .bucket(bucket)
                  .object(key.value())
                  .uploadId(id(key, upload))
                  .parts(all)
                  .maxRetries(0)
                  .build()));
    } catch (Refusal e) {
      if (isDone(key, upload, length)) {
        return;
      }
      if (e.is("InvalidPart") || e.is("InvalidPartOrder")) {
        throw new BlobFailure.NoSuchPart(key, "as the store says");
      }
      throw e.status() == 404 || !isOpen(key, upload)
          ? new BlobFailure.NoSuchUpload(key)
          : e.asUnavailable("complete an upload");
    }
    if (!isDone(key, upload, length)) {
      throw new BlobFailure.Unavailable(
          "object storage says an upload is complete, but has no object", 0);
    }
  }

  /// Whether this very upload has made the object.
  ///
  /// @throws BlobFailure.ObjectExists when something else has
  private boolean isDone(ObjectKey key, UploadHandle upload, long length) throws IOException {
    Optional<StatObjectResponse> found = head(key);
    if (found.isEmpty()) {
      return false;
    }
    String mark = found.get().userMetadata().getFirst(MARK);
    if (mark == null || !upload.value().startsWith(mark) || mark.length() != 2 * MARK_BYTES) {
      throw new BlobFailure.ObjectExists(key);
    }
    if (found.get().size() != length) {
      throw new BlobFailure.NoSuchPart(key, "the object has another length than its parts");
    }
    return true;
  }

  /// Whether the store still lists an upload, asked when it refuses to complete it: Ceph answers 500 for one that is gone.
  private boolean isOpen(ObjectKey key, UploadHandle upload) throws IOException {
    String id = id(key, upload);
    AtomicBoolean open = new AtomicBoolean();
    try {
      listing.uploads(
          key.value(),
          found -> {
            if (found.uploadId().equals(id)) {
              open.set(true);
            }
          });
    } catch (Refusal e) {
      throw e.asUnavailable("complete an upload");
    }
    return open.get();
  }

  private Optional<StatObjectResponse> head(ObjectKey key) throws IOException {
    try {
      return Optional.of(
          S3Answers.await(
              client.statObject(
                  StatObjectArgs.builder().bucket(bucket).object(key.value()).build())));
    } catch (Refusal e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e.asUnavailable("look an object up");
    }
  }

  /// What the store calls an upload.
  static String id(ObjectKey key, UploadHandle upload) throws BlobFailure {
    if (!isOurs(upload)) {
      throw new BlobFailure.NoSuchUpload(key);
    }
    return id(upload);
  }

  private static boolean isOurs(UploadHandle upload) {
    return upload.value().length() > 2 * MARK_BYTES;
  }

  private static String id(UploadHandle upload) {
    return upload.value().substring(2 * MARK_BYTES);
  }

  @Override
  public void abort(ObjectKey key, UploadHandle upload) throws IOException {
    if (isOurs(upload)) {
      String id = id(key, upload);
      turns.run(key, () -> abort(key.value(), id));
    }
  }

  private void abort(String object, String uploadId) throws IOException {
    try {
      S3Answers.await(
          client.abortMultipartUpload(
              AbortMultipartUploadArgs.builder()
                  .bucket(bucket)
                  .object(object)
                  .uploadId(uploadId)
                  .build()));
    } catch (Refusal e) {
      if (e.status() != 404) {
        throw e.asUnavailable("abort an upload");
      }
    }
  }

  @Override
  public InputStream read(ObjectKey key, long offset, long length) throws IOException {
    PartTag.requireLength(length);
    if (offset < 0 || offset > Long.MAX_VALUE - length) {
      throw new BlobFailure.OutOfRange(key, offset, length);
    }
    try {
      GetObjectResponse body =
          S3Answers.await(
              client.getObject(
                  GetObjectArgs.builder()
                      .bucket(bucket)
                      .object(key.value())
                      .offset(offset)
                      .length(length)
                      .build()));
      return S3Body.expecting(key, offset, length, body);
    } catch (Refusal e) {
      throw switch (e.status()) {
        case 404 -> new BlobFailure.NoSuchObject(key);
        case 416 -> new BlobFailure.OutOfRange(key, offset, length);
        default -> e.asUnavailable("read an object");
      };
    }
  }

  @Override
  public void requireReadable(ObjectKey key, long offset, long length) throws IOException {
    PartTag.requireLength(length);
    long size = size(key).orElseThrow(() -> new BlobFailure.NoSuchObject(key));
    if (offset < 0 || offset > size || length > size - offset) {
      throw new BlobFailure.OutOfRange(key, offset, length);
    }
  }

  @Override
  public OptionalLong size(ObjectKey key) throws IOException {
    Optional<StatObjectResponse> found = head(key);
    return found.isPresent() ? OptionalLong.of(found.get().size()) : OptionalLong.empty();
  }

  @Override
  public void delete(ObjectKey key) throws IOException {
    try {
      S3Answers.await(
          client.removeObject(
              RemoveObjectArgs.builder().bucket(bucket).object(key.value()).build()));
    } catch (Refusal e) {
      if (e.status() != 404) {
        throw e.asUnavailable("delete an object");
      }
    }
  }

  @Override
  public void forEach(String prefix, Consumer<ObjectKey> keys) throws IOException {
    try {
      listing.objects(prefix, name -> ObjectKey.parse(name).ifPresent(keys));
    } catch (Refusal e) {
      throw e.asUnavailable("list objects");
    }
  }

  @Override
  public int abandonUploads(Instant before, Set<UploadHandle> needed) throws IOException {
    Set<String> kept =
        needed.stream()
            .filter(S3BlobStore::isOurs)
            .map(S3BlobStore::id)
            .collect(Collectors.toSet());
    AtomicInteger abandoned = new AtomicInteger();
    try {
      listing.uploads(
          "",
          upload -> {
            if (!kept.contains(upload.uploadId())
                && upload.initiated().toInstant().isBefore(before)) {
              abort(upload.objectName(), upload.uploadId());
              abandoned.incrementAndGet();
            }
          });
    } catch (Refusal e) {
      throw e.asUnavailable("list uploads");
    }
    return abandoned.get();
  }

  @Override
  public void probe() throws IOException {
    try {
      if (!S3Answers.await(
          client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build()))) {
        throw new BlobFailure.Unavailable("object storage has no bucket " + bucket, 404);
      }
    } catch (Refusal e) {
      throw e.asUnavailable("answer");
    }
  }

  /// How many connections carry a request or an unread answer.
  int connectionsInUse() {
    return connection.client().connectionPool().connectionCount()
        - connection.client().connectionPool().idleConnectionCount();
  }

  @Override
  public void close() {
    connection.close();
  }
}
