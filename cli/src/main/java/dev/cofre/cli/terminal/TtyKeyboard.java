package dev.cofre.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// The person at the controlling terminal, reached although input or output of the process is redirected, so that
/// `cofre get … - > file` can still ask for a passphrase.
final class TtyKeyboard implements Keyboard {
  private static final int LONGEST = 4096;
  private final Path tty;

  TtyKeyboard(Path tty) {
    this.tty = tty;
  }

  @Override
  public Optional<String> line(String prompt) {
    return ask(prompt).map(String::new);
  }

  @Override
  public Optional<char[]> secret(String prompt) {
    Thread restore = Thread.ofPlatform().unstarted(() -> stty("echo"));
    Runtime.getRuntime().addShutdownHook(restore);
    try {
      if (!stty("-echo")) {
        return Optional.empty();
      }
      return ask(prompt);
    } finally {
      stty("echo");
      show("\n");
      Runtime.getRuntime().removeShutdownHook(restore);
    }
  }

  private Optional<char[]> ask(String prompt) {
    show(prompt);
    byte[] typed = new byte[LONGEST];
    try (InputStream in = Files.newInputStream(tty)) {
      int length = 0;
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      for (; next >= 0 && next != '\n' && length < LONGEST; next = in.read()) {
        typed[length++] = (byte) next;
      }
      CharBuffer chars = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(typed, 0, length));
      char[] answer = Arrays.copyOf(chars.array(), chars.length());
      Arrays.fill(chars.array(), '\0');
      return Optional.of(answer);
    } catch (IOException e) {
      return Optional.empty();
    } finally {
      Arrays.fill(typed, (byte) 0);
    }
  }

  private void show(String text) {
    try (OutputStream out = Files.newOutputStream(tty)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean stty(String mode) {
    try {
      return new ProcessBuilder("stty", mode)
              .redirectInput(tty.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
