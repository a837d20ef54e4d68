package dev.cofre.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.server.RunningServer;
import dev.cofre.server.Settings;
import dev.cofre.server.tls.Authority;
import dev.cofre.server.tls.Presented;
import dev.cofre.server.tls.TlsDoor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole program, whose machine trusts one authority, before servers with all sorts of certificates.
class CertificateTest {
  private static final int UNREACHABLE = 10;

  @Test
  @Tag("F05")
  void nothingIsSaidToAServerWithAnyOtherThanTheRightOne(@TempDir Path directory) throws Exception {
    Authority authority = Authority.named("Ours");
    Path trusted = authority.writeTrustStore(directory.resolve("trusted.p12"));
    Map<Presented, TlsDoor> doors = new EnumMap<>(Presented.class);
    try {
      for (Presented presented : Presented.values()) {
        doors.put(presented, TlsDoor.open(presented.by(authority)));
      }
      TlsDoor right = doors.get(Presented.RIGHT);
      Settings settings =
          Settings.of(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              directory.resolve("server"));
      try (RunningServer server = RunningServer.start(settings.publicUrl(right.uri()))) {
        doors.values().forEach(door -> door.leadTo(server.uri()));
        List<String> said = register(directory, trusted, doors.values().stream().toList());
        for (Presented presented : Presented.values()) {
          TlsDoor door = doors.get(presented);
          int exit = presented == Presented.RIGHT ? 0 : UNREACHABLE;
          assertTrue(said.contains(door.uri() + " " + exit), () -> presented + ": " + said);
          assertEquals(presented == Presented.RIGHT, door.heard() > 0, presented::name);
        }
      }
    } finally {
      for (TlsDoor door : doors.values()) {
        door.close();
      }
    }
  }

  private static List<String> register(Path directory, Path trusted, List<TlsDoor> doors)
      throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "-Djavax.net.ssl.trustStore=" + trusted,
                "-Djavax.net.ssl.trustStorePassword=changeit",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.cofre.cli.job.Newcomers",
                directory.toString()));
    doors.forEach(door -> words.add(door.uri().toString()));
    Process program =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, program.waitFor());
    return said.lines().toList();
  }
}
