package dev.cofre.server.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minio.Signer;
import io.minio.errors.MinioException;
import java.net.URI;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Addresses of an S3 store, signed by AWS Signature Version 4 in the query. The client's own presigning leaves out the hash of the content;
/// here it is both a signed header and the payload's hash in what is signed, so the store refuses other bytes of the same length.
public final class S3DirectStore implements DirectStore {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DAY = 8;

  private final URI endpoint;
  private final S3Settings settings;
  private final String accessKey;
  private final String secretKey;
  private final InstantSource clock;

  /// Signs for a store.
  ///
  /// @param endpoint at which members reach the store, as [S3Settings#endpoint] where they reach it like the server does
  public S3DirectStore(
      S3Settings settings, URI endpoint, S3Credentials credentials, InstantSource clock) {
    this.settings = settings;
    this.endpoint = endpoint;
    this.accessKey = credentials.accessKey();
    this.secretKey = credentials.secretKey();
    this.clock = clock;
  }

  @Override
  public boolean isOffered() {
    return true;
  }

  @Override
  public Optional<SignedAddress> forPart(
      ObjectKey key, UploadHandle upload, int number, long length, byte[] sha256)
      throws BlobFailure {
    PartTag.requireNumber(number);
    PartTag.requireLength(length);
    String hash = HexFormat.of().formatHex(sha256);
    return Optional.of(
        address(
            "PUT",
            key,
            Map.of("partNumber", Integer.toString(number), "uploadId", S3BlobStore.id(key, upload)),
            Map.of(
                "content-length",
                Long.toString(length),
                "content-type",
                "application/octet-stream",
                "x-amz-content-sha256",
                hash),
            hash));
  }

  @Override
  public Optional<SignedAddress> forReading(ObjectKey key) {
    return Optional.of(address("GET", key, Map.of(), Map.of(), UNSIGNED));
  }

  private SignedAddress address(
      String method,
      ObjectKey key,
      Map<String, String> parameters,
      Map<String, String> headers,
      String payload) {
    String time = TIME.format(clock.instant());
    String scope = time.substring(0, DAY) + "/" + settings.region() + "/s3/aws4_request";
    TreeMap<String, String> signed = new TreeMap<>(headers);
    signed.put("host", host());
    TreeMap<String, String> query = new TreeMap<>(parameters);
    query.put("X-Amz-Algorithm", ALGORITHM);
    query.put("X-Amz-Credential", accessKey + "/" + scope);
    query.put("X-Amz-Date", time);
    query.put("X-Amz-Expires", Long.toString(LIFE.toSeconds()));
    query.put("X-Amz-SignedHeaders", String.join(";", signed.keySet()));
    String asked =
        query.entrySet().stream()
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    String lines =
        signed.entrySet().stream()
            .map(e -> e.getKey() + ":" + e.getValue() + "\n")
            .collect(Collectors.joining());
    String request =
        String.join(
            "\n", method, path(key), asked, lines, String.join(";", signed.keySet()), payload);
    String text = String.join("\n", ALGORITHM, time, scope, hash(request));
    return new SignedAddress(
        endpoint.getScheme()
            + "://"
            + host()
            + path(key)
            + "?"
            + asked
            + "&X-Amz-Signature="
            + signature(time, text));
  }

  /// As a client writes it into the `Host` header: without the scheme's own port.
  private String host() {
    int usual = endpoint.getScheme().equals("https") ? 443 : 80;
    int port = endpoint.getPort();
    String host = endpoint.getHost() + (port < 0 || port == usual ? "" : ":" + port);
    return switch (settings.addressing()) {
      case PATH -> host;
      case VIRTUAL_HOST -> settings.bucket() + "." + host;
    };
  }

  private String path(ObjectKey key) {
    return switch (settings.addressing()) {
      case PATH -> "/" + encoded(settings.bucket()) + "/" + key.value();
      case VIRTUAL_HOST -> "/" + key.value();
    };
  }

  private String signature(String time, String text) {
    byte[] key = ("AWS4" + secretKey).getBytes(UTF_8);
    try {
      for (String step : List.of(time.substring(0, DAY), settings.region(), "s3", "aws4_request")) {
        key = Signer.sumHmac(key, step.getBytes(UTF_8));
      }
      return HexFormat.of().formatHex(Signer.sumHmac(key, text.getBytes(UTF_8)));
    } catch (MinioException impossible) {
      throw new IllegalStateException("this Java has no HMAC", impossible);
    }
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("this Java has no SHA-256", impossible);
    }
  }

  /// RFC 3986: everything but letters, digits and `-_.~`.
  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
