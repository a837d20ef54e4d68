package dev.cofre.server.blob;

import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/// An S3 server with an empty bucket for tests: S3Proxy, or a bucket of its own in the store that `COFRE_TEST_S3_ENDPOINT`, `_REGION`,
/// `_ACCESS_KEY` and `_SECRET_KEY` name.
public final class TestS3 implements AutoCloseable {
  private final Optional<S3ProxyServer> proxy;
  private final S3Settings settings;
  private final S3Credentials credentials;

  private TestS3(Optional<S3ProxyServer> proxy, S3Settings settings, S3Credentials credentials) {
    this.proxy = proxy;
    this.settings = settings;
    this.credentials = credentials;
  }

  public static TestS3 open() throws IOException {
    String endpoint = System.getenv("COFRE_TEST_S3_ENDPOINT");
    if (endpoint == null) {
      S3ProxyServer proxy = S3ProxyServer.start();
      return new TestS3(Optional.of(proxy), proxy.settings(), proxy.credentials());
    }
    String region = System.getenv("COFRE_TEST_S3_REGION");
    String accessKey = System.getenv("COFRE_TEST_S3_ACCESS_KEY");
    String secretKey = System.getenv("COFRE_TEST_S3_SECRET_KEY");
    byte[] name = new byte[8];
    new SecureRandom().nextBytes(name);
    String bucket = "test-" + HexFormat.of().formatHex(name);
    try {
      MinioClient.builder()
          .endpoint(endpoint)
          .region(region)
          .credentials(accessKey, secretKey)
          .build()
          .makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
    } catch (Exception e) {
      throw new IOException("cannot make the bucket " + bucket, e);
    }
    return new TestS3(
        Optional.empty(),
        S3Settings.of(URI.create(endpoint), region, bucket),
        new S3Credentials(accessKey, secretKey.toCharArray()));
  }

  boolean isProxy() {
    return proxy.isPresent();
  }

  public S3Settings settings() {
    return settings;
  }

  public S3Credentials credentials() {
    return credentials;
  }

  @Override
  public void close() throws IOException {
    if (proxy.isPresent()) {
      proxy.get().close();
    }
  }
}
