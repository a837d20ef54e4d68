package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.Version;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What really is on the class path, whatever the build was told.
@Tag("O04")
final class LibrariesTest {
  @Test
  void nettyIsWithoutTheHolesOfItsPast() {
    Map<String, Version> parts = Version.identify();
    assertFalse(parts.isEmpty());
    parts.forEach((name, version) -> {
      String number = version.artifactVersion().replace(".Final", "");
      assertTrue(
          Arrays.compare(numbers(number), numbers("4.2.13")) >= 0, () -> name + " " + number);
    });
  }

  @Test
  void bouncyCastleIsTheOneThatWasReviewedOrNewer() {
    String number = new BouncyCastleProvider().getVersionStr();
    assertTrue(Arrays.compare(numbers(number), numbers("1.87")) >= 0, number);
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }
}
