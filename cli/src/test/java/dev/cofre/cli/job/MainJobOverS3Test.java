package dev.cofre.cli.job;

import dev.cofre.server.Settings;
import dev.cofre.server.blob.S3ProxyServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

/// With a real S3 protocol server.
class MainJobOverS3Test extends MainJobContract {
  private S3ProxyServer s3;

  @Override
  Settings storage(Settings settings) throws IOException {
    s3 = S3ProxyServer.start();
    return settings.bucket(new Settings.Bucket(s3.settings(), s3.credentials()));
  }

  @AfterAll
  void stopStorage() throws IOException {
    s3.close();
  }
}
