package dev.cofre.cli.job;

import dev.cofre.client.Cofre;
import dev.cofre.client.Passphrase;
import dev.cofre.client.Surroundings;
import dev.cofre.client.Vault;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.report.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A program that opens a device, puts a file and reads it, closes the device, and writes what is then reachable in its memory. Writes down
/// every secret that it drew.
final class LockedSession {
  private LockedSession() {}

  /// Takes the home, the passphrase's file, the file to put, where to write the drawn secrets, and the memory before and after.
  public static void main(String[] words) throws Exception {
    use(Path.of(words[0]), Path.of(words[1]), Path.of(words[2]), Path.of(words[3]), words[4]);
    LockedHeap.dump(words[5]);
  }

  private static void use(Path home, Path passphrase, Path file, Path drawn, String before)
      throws Exception {
    char[] typed = Files.readString(passphrase).strip().toCharArray();
    Surroundings surroundings = new Surroundings(InstantSource.system(), new Noted(drawn));
    try (Passphrase said = Passphrase.of(typed);
        Cofre cofre = Cofre.open(surroundings, home, said)) {
      Vault vault = cofre.vault(Office.VAULT);
      vault.put(List.of(file), "/secret.bin", Progress.NONE);
      vault.read("/secret.bin", Optional.empty(), new Looking(before));
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  /// Takes the content, and writes the memory when the first of it comes.
  private static final class Looking extends OutputStream {
    private final String before;
    private boolean looked;

    Looking(String before) {
      this.before = before;
    }

    @Override
    public void write(int b) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (!looked) {
        looked = true;
        try {
          LockedHeap.dump(before);
        } catch (Exception e) {
          throw new IOException(e);
        }
      }
    }
  }

  private static final class Noted implements RandomSource {
    private final RandomSource system = RandomSource.system();
    private final Path drawn;

    Noted(Path drawn) {
      this.drawn = drawn;
    }

    @Override
    public void fill(byte[] target) {
      system.fill(target);
    }

    @Override
    public SecretBytes secret(int length) {
      SecretBytes secret = system.secret(length);
      byte[] copy = secret.toArray();
      try {
        Files.writeString(
            drawn,
            HexFormat.of().formatHex(copy) + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        Arrays.fill(copy, (byte) 0);
      }
      return secret;
    }
  }
}
