package dev.cofre.cli.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// Where a passphrase comes from: the file that was named, else the file in `COFRE_PASSPHRASE_FILE`, else the person.
/// Never an argument. The characters returned belong to the caller, who wipes them.
public final class Secrecy {
  /// Characters that a new passphrase must have.
  public static final int SHORTEST = 12;

  private static final long LARGEST_FILE = 4096;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private final Terminal terminal;
  private final Optional<Path> file;

  Secrecy(Terminal terminal, Optional<String> named) {
    this.terminal = terminal;
    String inherited = terminal.shell().environment().getOrDefault("COFRE_PASSPHRASE_FILE", "");
    this.file =
        named
            .or(() -> Optional.of(inherited).filter(name -> !name.isBlank()))
            .map(name -> terminal.shell().directory().resolve(name));
  }

  /// The passphrase that opens what is there.
  ///
  /// @throws Halt when there is none to be had
  public char[] existing() {
    if (file.isPresent()) {
      return read(file.get());
    }
    return ask("prompt.passphrase");
  }

  /// A new passphrase: long enough, and typed twice by a person.
  ///
  /// @throws Halt when there is none to be had, it is too short, or the two differ
  public char[] fresh() {
    return fresh(file);
  }

  /// The passphrase that takes another's place: from the file that was named for it, else typed twice by a person.
  ///
  /// @throws Halt when there is none to be had, it is too short, or the two differ
  public char[] replacement(Optional<String> named) {
    return fresh(named.map(name -> terminal.shell().directory().resolve(name)));
  }

  /// The passcode of a send: from the file that was named for it, else typed by a person.
  ///
  /// @throws Halt when there is none to be had
  public char[] passcode(Optional<String> named) {
    if (named.isPresent()) {
      return read(terminal.shell().directory().resolve(named.get()));
    }
    return notEmpty(
        terminal
            .shell()
            .keyboard()
            .secret(terminal.texts().say("prompt.passcode"))
            .orElseThrow(() -> terminal.texts().halt(Exit.USAGE, "passcode-needed")));
  }

  private char[] fresh(Optional<Path> from) {
    if (from.isPresent()) {
      return longEnough(read(from.get()));
    }
    char[] first = longEnough(ask("prompt.passphrase-new"));
    char[] second = ask("prompt.passphrase-again");
    boolean same = Arrays.equals(first, second);
    Arrays.fill(second, '\0');
    if (!same) {
      Arrays.fill(first, '\0');
      throw terminal.texts().halt(Exit.USAGE, "passphrase-differs");
    }
    return first;
  }

  private char[] ask(String prompt) {
    char[] typed =
        terminal
            .shell()
            .keyboard()
            .secret(terminal.texts().say(prompt))
            .orElseThrow(() -> terminal.texts().halt(Exit.LOCAL_STATE, "locked"));
    return notEmpty(typed);
  }

  private char[] notEmpty(char[] passphrase) {
    if (passphrase.length == 0) {
      throw terminal.texts().halt(Exit.USAGE, "passphrase-empty");
    }
    return passphrase;
  }

  private char[] longEnough(char[] passphrase) {
    if (Character.codePointCount(passphrase, 0, passphrase.length) < SHORTEST) {
      Arrays.fill(passphrase, '\0');
      throw terminal.texts().halt(Exit.USAGE, "passphrase-short", SHORTEST);
    }
    return passphrase;
  }

  private char[] read(Path path) {
    String shown = Visible.of(path.toString());
    warnIfOthersRead(path, shown);
    byte[] bytes = new byte[0];
    try (var in = Files.newInputStream(path)) {
      bytes = in.readNBytes((int) LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw terminal.texts().halt(Exit.USAGE, "passphrase-file-large", shown);
      }
      CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      char[] all = Arrays.copyOf(chars.array(), chars.length());
      Arrays.fill(chars.array(), '\0');
      char[] line = withoutLineEnd(all);
      Arrays.fill(all, '\0');
      return notEmpty(line);
    } catch (NoSuchFileException e) {
      throw terminal.texts().halt(Exit.NOT_FOUND, "passphrase-file-missing", shown);
    } catch (CharacterCodingException e) {
      throw terminal.texts().halt(Exit.USAGE, "passphrase-file-text", shown);
    } catch (IOException e) {
      throw terminal.texts().halt(Exit.LOCAL_STATE, "file-unreadable", shown);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static char[] withoutLineEnd(char[] all) {
    int length = all.length;
    if (length > 0 && all[length - 1] == '\n') {
      length--;
      if (length > 0 && all[length - 1] == '\r') {
        length--;
      }
    }
    return Arrays.copyOf(all, length);
  }

  private void warnIfOthersRead(Path path, String shown) {
    try {
      if (Files.isRegularFile(path)
          && Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains)) {
        terminal.warn("warning.passphrase-file-open", shown);
      }
    } catch (IOException | UnsupportedOperationException e) {
      return;
    }
  }
}
