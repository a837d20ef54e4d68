package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.server.Settings;
import dev.cofre.server.blob.FaultyS3;
import dev.cofre.server.blob.TestS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job with large files that go to a real S3 server and come from it without the bytes passing through ours.
final class DirectJobTest {
  private static final long SEED = 20_261_125;
  private static final int LARGE = 20 << 20;

  private static TestS3 s3;
  private static FaultyS3 reached;
  private static Office office;

  /// Where members reach the store: nobody else comes that way.
  @BeforeAll
  static void open(@TempDir Path directory) throws IOException {
    s3 = TestS3.open();
    reached = FaultyS3.before(s3.settings().endpoint());
    office =
        Office.open(
            directory,
            InstantSource.system(),
            settings ->
                settings.bucket(
                    new Settings.Bucket(
                        s3.settings(), s3.credentials(), Optional.of(reached.endpoint()))));
  }

  @AfterAll
  static void close() throws IOException {
    office.close();
    reached.close();
    s3.close();
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(SEED).nextBytes(content);
    return content;
  }

  @Test
  @Tag("N13")
  void aLargeFileGoesAndComesByTheStorageAndNotToARemovedMember() throws IOException {
    Actor ana = office.owner();
    Actor rui = office.member(ana, "Rui Costa", "editor");
    byte[] large = content(LARGE);
    reached.failAt(0, FaultyS3.Fault.ERROR);
    office.succeed(ana, "put", Office.file(ana, "small", content(1000)).toString(), VAULT + ":/");
    assertEquals(0, reached.requests());
    office.succeed(ana, "put", Office.file(ana, "large", large).toString(), VAULT + ":/");
    assertEquals(3, reached.requests());
    Path copy = rui.directory().resolve("copy");
    office.succeed(rui, "get", VAULT + ":/large", copy.toString());
    assertEquals(6, reached.requests());
    assertArrayEquals(large, Files.readAllBytes(copy));
    Path small = rui.directory().resolve("small");
    office.succeed(rui, "get", VAULT + ":/small", small.toString());
    assertArrayEquals(content(1000), Files.readAllBytes(small));
    String report = office.succeed(ana, "member", "remove", "Rui Costa", "--yes", "--json").out();
    assertTrue(report.contains("\"filesFetchedBefore\":2"), report);
    int before = reached.requests();
    office.expect(5, rui, "get", VAULT + ":/large", rui.directory().resolve("again").toString());
    assertFalse(Files.exists(rui.directory().resolve("again")));
    assertEquals(before, reached.requests());
  }

  @Test
  void aFileArrivesWholeWhereverTheStorageFails() throws IOException {
    Actor ana = office.owner();
    byte[] large = content(LARGE);
    Path file = Office.file(ana, "large", large);
    int number = 0;
    for (FaultyS3.Fault fault :
        List.of(
            FaultyS3.Fault.ERROR, FaultyS3.Fault.RESET, FaultyS3.Fault.LOST, FaultyS3.Fault.HALF)) {
      String name = "/failed-" + ++number;
      reached.failAt(2, fault);
      office.succeed(ana, "put", file.toString(), VAULT + ":" + name);
      reached.failAt(2, fault);
      Path copy = ana.directory().resolve("copy" + number);
      office.succeed(ana, "get", VAULT + ":" + name, copy.toString());
      assertArrayEquals(large, Files.readAllBytes(copy), fault.name());
    }
  }
}
