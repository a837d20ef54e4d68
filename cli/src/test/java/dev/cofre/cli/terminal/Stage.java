package dev.cofre.cli.terminal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A shell for tests: keeps what is written, answers from a list, and has a clock that moves when told.
public final class Stage {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Deque<String> answers = new ArrayDeque<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Set<Shell.Stream> terminals = new HashSet<>();
  private final Path directory;
  private byte[] input = new byte[0];
  private Instant now = Instant.parse("2026-11-24T10:00:00Z");
  private boolean present;

  public Stage(Path directory) {
    this.directory = directory;
    environment.put("COFRE_HOME", directory.resolve("home").toString());
  }

  public Stage with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public Stage input(String text) {
    input = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /// Puts a person at a terminal, with these answers.
  public Stage person(String... given) {
    present = true;
    answers.addAll(List.of(given));
    terminals.addAll(Set.of(Shell.Stream.values()));
    return this;
  }

  public void wait(Duration duration) {
    now = now.plus(duration);
  }

  public Shell shell() {
    return new Shell(
        new ByteArrayInputStream(input),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        new Answering(),
        terminals,
        environment,
        directory,
        (InstantSource) () -> now,
        ZoneOffset.UTC,
        Locale.ENGLISH);
  }

  public Terminal terminal() {
    return terminal(new Terminal.Manner(false, false, false, Optional.empty()));
  }

  public Terminal terminal(Terminal.Manner manner) {
    return new Terminal(shell(), Texts.in(Language.ENGLISH), manner);
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private final class Answering implements Keyboard {
    @Override
    public Optional<String> line(String prompt) {
      err.writeBytes(prompt.getBytes(StandardCharsets.UTF_8));
      return present ? Optional.ofNullable(answers.poll()) : Optional.empty();
    }

    @Override
    public Optional<char[]> secret(String prompt) {
      return line(prompt).map(String::toCharArray);
    }
  }
}
