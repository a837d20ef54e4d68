package dev.cofre.cli.job;

import dev.cofre.server.Settings;
import dev.cofre.server.blob.TestS3;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

/// With a real S3 protocol server, by default S3Proxy.
class MainJobOverS3Test extends MainJobContract {
  private TestS3 s3;

  @Override
  Settings storage(Settings settings) throws IOException {
    s3 = TestS3.open();
    return settings.bucket(new Settings.Bucket(s3.settings(), s3.credentials()));
  }

  @AfterAll
  void stopStorage() throws IOException {
    s3.close();
  }
}
