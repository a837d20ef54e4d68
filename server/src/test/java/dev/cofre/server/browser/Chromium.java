package dev.cofre.server.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A Chromium without a window, for tests that need a browser. Where none is installed they are skipped and say so.
public final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");

  private final Process process;
  private final DevTools tools;

  private Chromium(Process process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  /// Starts one that keeps what it has to in a directory.
  public static Chromium start(Path directory) throws IOException {
    Optional<Path> program = find();
    assumeTrue(program.isPresent(), "no Chromium is installed here, so the page is not tested");
    List<String> command =
        new ArrayList<>(
            List.of(
                program.orElseThrow().toString(),
                "--headless=new",
                "--remote-debugging-port=0",
                "--user-data-dir=" + directory,
                "--no-first-run",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-extensions",
                "--disable-sync"));
    if (System.getProperty("user.name").equals("root")) {
      command.add("--no-sandbox");
    }
    command.add("about:blank");
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      return new Chromium(process, new DevTools(listening(process)));
    } catch (RuntimeException | IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static URI listening(Process process) throws IOException {
    BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
    for (String line; (line = said.readLine()) != null; ) {
      Matcher matcher = LISTENING.matcher(line);
      if (matcher.find()) {
        Thread.ofVirtual().start(() -> drain(said));
        return URI.create(matcher.group(1));
      }
    }
    throw new IOException("Chromium did not start");
  }

  private static void drain(BufferedReader said) {
    try (said) {
      while (said.readLine() != null) {
        // What it says is of no interest, but it must be able to say it.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A tab that shares nothing with others, of somebody who reads these languages, as in `pt-PT,pt`.
  public Tab tab(String languages, Path downloads) {
    return new Tab(tools, languages, downloads);
  }

  @Override
  public void close() {
    tools.close();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
