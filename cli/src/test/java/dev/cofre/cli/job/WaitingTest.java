package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.Main;
import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.terminal.Keyboard;
import dev.cofre.cli.terminal.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands that wait while others are typed.
class WaitingTest {
  @TempDir private Path directory;

  private Office office;
  private Actor ana;

  @BeforeEach
  void open() throws IOException {
    office = Office.open(directory);
    ana = office.owner();
  }

  @AfterEach
  void close() {
    office.close();
  }

  /// What Ana types on her device, whose output can be read while it runs.
  private int type(OutputStream out, String... words) {
    Shell shell =
        new Shell(
            InputStream.nullInputStream(),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            Keyboard.nobody(),
            Set.of(),
            Map.of(
                "COFRE_HOME",
                ana.home().toString(),
                "COFRE_PASSPHRASE_FILE",
                ana.directory().resolve("passphrase").toString()),
            ana.directory(),
            InstantSource.system(),
            ZoneOffset.UTC,
            Locale.ENGLISH);
    return Main.run(words, shell);
  }

  @Test
  void aFurtherDeviceReadsWhatTheFirstReads() throws Exception {
    Office.file(ana, "a.txt", new byte[] {1});
    office.succeed(ana, "put", "a.txt", VAULT + ":/");
    PipedOutputStream out = new PipedOutputStream();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new PipedInputStream(out), StandardCharsets.UTF_8))) {
      CompletableFuture<Integer> first =
          CompletableFuture.supplyAsync(() -> type(out, "device", "add", "--yes"));
      String link = lines.readLine();
      Actor again = office.actor("Ana Silva");
      office.succeed(again, "join", link);
      assertEquals(0, first.get());
      assertTrue(lines.readLine().endsWith("is yours now."));
      office.succeed(again, "get", VAULT + ":/a.txt", "b.txt");
      office.succeed(ana, "ls", VAULT + ":/");
    }
  }

  @Test
  void followingAVaultLeavesTheDeviceFree() throws Exception {
    PipedOutputStream out = new PipedOutputStream();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new PipedInputStream(out), StandardCharsets.UTF_8))) {
      AtomicInteger exit = new AtomicInteger();
      Thread following =
          Thread.ofVirtual().start(() -> exit.set(type(out, "log", VAULT, "--follow", "--json")));
      assertTrue(lines.readLine().contains("\"kind\":\"named\""));
      Office.file(ana, "a.txt", new byte[] {1});
      office.succeed(ana, "put", "a.txt", VAULT + ":/");
      assertTrue(lines.readLine().contains("\"path\":\"/a.txt\""));
      following.interrupt();
      following.join();
      assertEquals(130, exit.get());
    }
  }

  @Test
  void whatIsNoLinkIsWrongUsage() throws IOException {
    Actor eva = office.actor("Eva Dias");
    for (String link : new String[] {"", "nothing", office.url() + "/join"}) {
      assertTrue(
          office.expect(2, eva, "join", link).err().contains("This is not a link of Cofre"), link);
    }
  }
}
