package dev.cofre.server.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.server.blob.BlobFailure;
import dev.cofre.server.blob.ObjectKey;
import dev.cofre.server.blob.S3BlobStore;
import dev.cofre.server.blob.S3ProxyServer;
import dev.cofre.server.blob.S3Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An S3 store behind TLS, whose certificate is of an authority of the operator's own.
final class StoreByTlsTest {
  private static S3ProxyServer proxy;
  private static Authority authority;
  @TempDir private static Path directory;

  @BeforeAll
  static void start() throws Exception {
    proxy = S3ProxyServer.start();
    authority = Authority.named("Ours");
    authority.writePem(directory.resolve("ca.pem"));
  }

  @AfterAll
  static void stop() throws IOException {
    proxy.close();
  }

  private static S3BlobStore at(URI endpoint, Optional<Path> authorities) throws IOException {
    S3Settings usual = proxy.settings();
    return new S3BlobStore(
        new S3Settings(
            endpoint,
            usual.region(),
            usual.bucket(),
            usual.addressing(),
            authorities,
            usual.connecting(),
            usual.waiting(),
            usual.connections()),
        proxy.credentials(),
        new SecureRandom());
  }

  @Test
  void isUsedWhereTheAuthorityIsNamed() throws Exception {
    ObjectKey key = new ObjectKey("aabb");
    try (TlsDoor door = TlsDoor.open(Presented.RIGHT.by(authority)).leadTo(proxy.endpoint());
        S3BlobStore store = at(door.uri(), Optional.of(directory.resolve("ca.pem")))) {
      store.store(key, 3, new ByteArrayInputStream(new byte[] {1, 2, 3}));
      assertArrayEquals(new byte[] {2, 3}, store.read(key, 1, 2).readAllBytes());
      assertTrue(door.heard() > 0);
    }
  }

  @Test
  void isToldNothingByWhoTrustsTheSystemsAuthorities() throws Exception {
    try (TlsDoor door = TlsDoor.open(Presented.RIGHT.by(authority)).leadTo(proxy.endpoint());
        S3BlobStore store = at(door.uri(), Optional.empty())) {
      assertThrows(BlobFailure.Unavailable.class, store::probe);
      assertEquals(0, door.heard());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RIGHT")
  void isToldNothingByAnotherCertificate(Presented presented) throws Exception {
    try (TlsDoor door = TlsDoor.open(presented.by(authority)).leadTo(proxy.endpoint());
        S3BlobStore store = at(door.uri(), Optional.of(directory.resolve("ca.pem")))) {
      assertThrows(BlobFailure.Unavailable.class, store::probe);
      assertEquals(0, door.heard());
    }
  }
}
