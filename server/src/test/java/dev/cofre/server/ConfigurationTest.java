package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.server.domain.Registration;
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

  @Test
  void refusesToListenBeyondThisMachineWithoutAPublicAddress() {
    assertThrows(BadConfiguration.class, () -> settings(Map.of("COFRE_LISTEN", "0.0.0.0:8420")));
  }
}
