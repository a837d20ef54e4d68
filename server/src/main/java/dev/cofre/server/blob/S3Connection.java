package dev.cofre.server.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/// The HTTP client for an S3 store: talks to the configured host only, because it follows no redirect, and checks
/// certificates always.
final class S3Connection implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final OkHttpClient client;

  /// @throws IOException when the trusted certificates cannot be read
  S3Connection(S3Settings settings) throws IOException {
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(settings.connections());
    dispatcher.setMaxRequestsPerHost(settings.connections());
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(
                new ConnectionPool(Math.min(32, settings.connections()), 1, TimeUnit.MINUTES))
            .protocols(List.of(Protocol.HTTP_1_1))
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(settings.connecting())
            .readTimeout(settings.waiting())
            .writeTimeout(settings.waiting());
    if (settings.trustedCertificates().isPresent()) {
      trust(builder, settings);
    }
    client = builder.build();
  }

  private static void trust(OkHttpClient.Builder builder, S3Settings settings) throws IOException {
    try (InputStream pem = Files.newInputStream(settings.trustedCertificates().orElseThrow())) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      X509TrustManager manager = onlyX509(factory.getTrustManagers());
      if (number == 0 || manager == null) {
        throw new IOException("no certificate in " + settings.trustedCertificates().orElseThrow());
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      builder.sslSocketFactory(context.getSocketFactory(), manager);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "cannot use the certificates in " + settings.trustedCertificates().orElseThrow(), e);
    }
  }

  private static @Nullable X509TrustManager onlyX509(TrustManager[] managers) {
    return managers.length == 1 && managers[0] instanceof X509TrustManager manager ? manager : null;
  }

  OkHttpClient client() {
    return client;
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
    threads.shutdown();
  }
}
