package dev.cofre.server.blob;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Where the objects live in an S3-compatible store.
///
/// @param endpoint `https://host[:port]`, or `http` for a store on the same machine or a network of its own; no path, user or query
/// @param region as the store knows it; Ceph with strict regions wants `default`
/// @param bucket an existing bucket used for nothing else
/// @param addressing how the bucket is named in a request
/// @param trustedCertificates PEM file with the authorities to trust instead of the system's
/// @param connecting how long a connection may take to open
/// @param waiting how long the store may stay silent within a request
/// @param connections how many requests may be under way at once
public record S3Settings(
    URI endpoint,
    String region,
    String bucket,
    Addressing addressing,
    Optional<Path> trustedCertificates,
    Duration connecting,
    Duration waiting,
    int connections) {

  /// How the bucket is named in a request.
  public enum Addressing {
    /// `https://endpoint/bucket/key`: works everywhere.
    PATH,
    /// `https://bucket.endpoint/key`.
    VIRTUAL_HOST
  }

  /// @throws IllegalArgumentException when a component is out of its range
  public S3Settings {
    requireEndpoint(endpoint);
    if (region.isBlank() || bucket.isBlank()) {
      throw new IllegalArgumentException("S3 region and bucket must be given");
    }
    if (!connecting.isPositive() || !waiting.isPositive() || connections < 1) {
      throw new IllegalArgumentException("S3 time limits and connections must be positive");
    }
  }

  /// Checks an address at which a store is reached.
  ///
  /// @throws IllegalArgumentException when it is not `http(s)://host[:port]` and no more
  public static void requireEndpoint(URI endpoint) {
    String scheme = String.valueOf(endpoint.getScheme());
    boolean web = scheme.equals("http") || scheme.equals("https");
    boolean bare =
        endpoint.getHost() != null
            && endpoint.getRawUserInfo() == null
            && endpoint.getRawQuery() == null
            && endpoint.getRawFragment() == null
            && (endpoint.getRawPath().isEmpty() || endpoint.getRawPath().equals("/"));
    if (!web || !bare) {
      throw new IllegalArgumentException(
          "the S3 endpoint is to be http(s)://host[:port] and no more");
    }
  }

  /// Path addressing, the system's certificate authorities, 5 s to connect, 60 s of silence, 128 requests at once.
  public static S3Settings of(URI endpoint, String region, String bucket) {
    return new S3Settings(
        endpoint,
        region,
        bucket,
        Addressing.PATH,
        Optional.empty(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        128);
  }
}
