package dev.cofre.server.blob;

import java.util.Arrays;

/// The key pair for an S3 store. Wiped on close; the store's client keeps a copy of its own for as long as it lives.
public final class S3Credentials implements AutoCloseable {
  private final String accessKey;
  private final char[] secretKey;

  /// Copies the secret: the caller may wipe its array.
  public S3Credentials(String accessKey, char[] secretKey) {
    this.accessKey = accessKey;
    this.secretKey = secretKey.clone();
  }

  String accessKey() {
    return accessKey;
  }

  String secretKey() {
    return new String(secretKey);
  }

  @Override
  public void close() {
    Arrays.fill(secretKey, '\0');
  }

  @Override
  public String toString() {
    return "S3Credentials[secret of " + secretKey.length + " characters]";
  }
}
