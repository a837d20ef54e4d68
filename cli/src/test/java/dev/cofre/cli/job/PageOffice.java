package dev.cofre.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.cli.Main;
import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import dev.cofre.cli.terminal.Keyboard;
import dev.cofre.cli.terminal.Shell;
import dev.cofre.server.browser.Chromium;
import dev.cofre.server.browser.Tab;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// An office that sends, and a browser of somebody outside of it who opens what was sent.
final class PageOffice implements AutoCloseable {
  private final Path directory;
  private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
  private final Chromium chromium;
  private final Office office;
  private final Actor ana;
  private int tabs;

  private PageOffice(Path directory, Chromium chromium) throws IOException {
    this.directory = directory;
    this.chromium = chromium;
    this.office =
        Office.open(directory, () -> Instant.now().plus(later.get()), settings -> settings);
    this.ana = office.owner();
  }

  /// Opens one; skips the tests where there is no browser.
  static PageOffice open(Path directory) throws IOException {
    Chromium chromium = Chromium.start(directory.resolve("browser"));
    try {
      return new PageOffice(directory, chromium);
    } catch (IOException | RuntimeException | Error e) {
      chromium.close();
      throw e;
    }
  }

  Actor ana() {
    return ana;
  }

  Office office() {
    return office;
  }

  /// Time passes for the server.
  void pass(Duration time) {
    later.updateAndGet(before -> before.plus(time));
  }

  /// A tab of somebody who reads these languages.
  Tab tab(String languages) throws IOException {
    return chromium.tab(
        languages, Files.createDirectories(directory.resolve("downloads-" + ++tabs)));
  }

  /// Sends files, given by names and contents, and what else the command is told.
  Answer send(Map<String, byte[]> files, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("send"));
    Path place = Files.createTempDirectory(ana.directory(), "sent");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      words.add(Files.write(place.resolve(file.getKey()), file.getValue()).toString());
    }
    words.addAll(List.of(more));
    words.add("--json");
    return office.succeed(ana, words.toArray(String[]::new));
  }

  /// Sends a text.
  Answer sendText(String text, String... more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Keyboard.nobody(),
            Set.of(),
            Map.of(
                "COFRE_HOME",
                ana.home().toString(),
                "COFRE_PASSPHRASE_FILE",
                ana.directory().resolve("passphrase").toString()),
            ana.directory(),
            () -> Instant.now().plus(later.get()),
            ZoneOffset.UTC,
            Locale.ENGLISH);
    List<String> words = new ArrayList<>(List.of("send", "--text", "-", "--json"));
    words.addAll(List.of(more));
    int exit = Main.run(words.toArray(String[]::new), shell);
    assertEquals(0, exit, () -> err.toString(StandardCharsets.UTF_8));
    return new Answer(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// What the team is told of a send.
  String shown(Answer sent) {
    return office.succeed(ana, "send", "show", sent.field("sendId"), "--json").out();
  }

  @Override
  public void close() {
    chromium.close();
    office.close();
  }
}
