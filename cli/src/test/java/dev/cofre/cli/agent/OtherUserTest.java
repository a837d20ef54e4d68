package dev.cofre.cli.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.client.crypto.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Another user of the machine at the agent's socket: played by root, or by whoever was given further user ids (`/etc/subuid`). What keeps
/// others out where nobody can play them are the modes, which are looked at in any case.
@Tag("M08")
class OtherUserTest {
  private static final String NOBODY = "65534";

  @TempDir private Path directory;
  private Path home = Path.of("home");
  private Path program = Path.of(".");

  @BeforeEach
  void keep() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    home = Files.createDirectory(directory.resolve("home"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    program = directory.resolve("Knock.java");
    Files.writeString(
        program,
        """
        import java.net.StandardProtocolFamily;
        import java.net.UnixDomainSocketAddress;
        import java.nio.ByteBuffer;
        import java.nio.channels.SocketChannel;
        public class Knock {
          public static void main(String[] words) throws Exception {
            try (var door = SocketChannel.open(StandardProtocolFamily.UNIX)) {
              door.connect(UnixDomainSocketAddress.of(words[0]));
              door.write(ByteBuffer.wrap(new byte[] {'K'}));
              System.exit(door.read(ByteBuffer.allocate(99)) > 0 ? 10 : 20);
            } catch (java.io.IOException e) {
              System.exit(30);
            }
          }
        }
        """);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r--r--"));
    try (SecretBytes key = SecretBytes.copyOf(new byte[32])) {
      new UnlockedKey(home, Map.of()).keep(key, Duration.ofMinutes(5));
    }
  }

  @AfterEach
  void forget() throws IOException {
    if (Files.exists(home)) {
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
      new UnlockedKey(home, Map.of()).forget();
    }
  }

  private int knock(String... as) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(as));
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add(program.toString());
    words.add(home.resolve("agent.sock").toString());
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /// How to become another user, or nothing where that cannot be done.
  private static List<String> somebodyElse() throws Exception {
    List<List<String>> ways =
        List.of(
            List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"),
            List.of("unshare", "-U", "--map-auto", "--setuid", NOBODY, "--setgid", NOBODY));
    for (List<String> way : ways) {
      List<String> words = new ArrayList<>(way);
      words.add("true");
      try {
        Process process =
            new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() == 0) {
          return way;
        }
      } catch (IOException _) {
        // not installed
      }
    }
    return List.of();
  }

  @Test
  void nobodyElseGetsTheKeyOrEvenAnAnswer() throws Exception {
    assertEquals(10, knock(), "its owner gets the key");
    Path socket = home.resolve("agent.sock");
    assertEquals("rwx------", mode(home));
    assertEquals("rw-------", mode(socket));
    assertEquals(Files.getOwner(program), Files.getOwner(socket));
    String[] other = somebodyElse().toArray(String[]::new);
    if (other.length > 0) {
      assertEquals(30, knock(other));
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
      assertEquals(30, knock(other), "the socket itself is its owner's too");
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
