package dev.cofre.cli.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/// Another user of the machine at the agent's socket. Only root can play another user.
@Tag("M08")
class OtherUserTest {
  private static final String NOBODY = "65534";

  @TempDir private Path directory;
  private Path home = Path.of("home");
  private Path program = Path.of(".");

  @BeforeEach
  void keep() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can be somebody else");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "no setpriv here");
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

  @Test
  void nobodyElseGetsTheKeyOrEvenAnAnswer() throws Exception {
    assertEquals(10, knock(), "its owner gets the key");
    String[] other = {"setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"};
    assertEquals(30, knock(other));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
    assertEquals(30, knock(other), "the socket itself is its owner's too");
  }
}
