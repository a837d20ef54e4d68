package dev.cofre.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The addresses in the compose file.
final class ComposeTest {
  private static String only(String name) throws Exception {
    String file = Files.readString(Path.of("..", "docker", "compose.yml"));
    List<MatchResult> found =
        Pattern.compile("(?m)^[ -]*" + name + ": (\\S+)$").matcher(file).results().toList();
    assertEquals(1, found.size(), name);
    return found.getFirst().group(1);
  }

  /// An address that is handed out to whoever starts first could be the server's own.
  @Test
  void nobodyButTheProxyGetsTheAddressThatIsBelieved() throws Exception {
    assertEquals(only("COFRE_TRUSTED_PROXY"), only("ipv4_address"));
    InetAddress proxy = InetAddress.ofLiteral(only("ipv4_address"));
    Addresses.Network handedOut = Addresses.Network.parse(only("ip_range"));
    Addresses.Network all = Addresses.Network.parse(only("subnet"));
    assertTrue(all.contains(proxy) && all.contains(handedOut.address()));
    assertFalse(handedOut.contains(proxy));
  }
}
