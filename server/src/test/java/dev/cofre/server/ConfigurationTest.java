package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.server.domain.Quota;
import dev.cofre.server.domain.Registration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
  private static Registration registration(Map<String, String> environment)
      throws BadConfiguration {
    return settings(environment).registration();
  }

  private static Settings settings(Map<String, String> environment) throws BadConfiguration {
    return new Configuration(Options.read(new String[0], environment)).settings();
  }

  @Test
  void letsAnybodyRegisterWhereOnlyThisMachineReachesIt() throws Exception {
    assertEquals(Registration.open().mode(), registration(Map.of()).mode());
    assertEquals(
        Registration.open().mode(),
        registration(Map.of("COFRE_PUBLIC_URL", "http://localhost:8420")).mode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://cofre.example", "http://127.0.0.1.example", "http://127.evil.example"})
  void letsNobodyRegisterWithoutATokenBehindAProxy(String url) throws Exception {
    assertEquals(
        Registration.closed().mode(), registration(Map.of("COFRE_PUBLIC_URL", url)).mode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"59m", "1s", "0", "soon"})
  void refusesAnUploadGraceThatWouldTakeWhatIsStillNeeded(String grace) {
    assertThrows(BadConfiguration.class, () -> settings(Map.of("COFRE_UPLOAD_GRACE", grace)));
  }

  @Test
  void readsTimesAndSizes() throws Exception {
    assertEquals(
        Duration.ofHours(1), settings(Map.of("COFRE_UPLOAD_GRACE", "1h")).grace().period());
    assertEquals(100L << 30, settings(Map.of("COFRE_TEAM_QUOTA", "100GiB")).quota().bytes());
    assertEquals(5L << 20, settings(Map.of("COFRE_TEAM_QUOTA", "5M")).quota().bytes());
    assertEquals(Quota.NONE, settings(Map.of()).quota());
    for (String wrong : List.of("0G", "-1G", "1.5G", "lots", "12345678M")) {
      assertThrows(BadConfiguration.class, () -> settings(Map.of("COFRE_TEAM_QUOTA", wrong)));
    }
  }

  @Test
  void refusesToListenBeyondThisMachineWithoutAPublicAddress() {
    assertThrows(BadConfiguration.class, () -> settings(Map.of("COFRE_LISTEN", "0.0.0.0:8420")));
  }
}
