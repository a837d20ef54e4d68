package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Every test against a server is watched by the oracles.
class WatchedTest {
  private static final Path HERE =
      Path.of("src", "test", "java", "dev", "cofre", "client", "hostile");

  /// Tests without [Hostile], and why.
  private static final Map<String, String> EXEMPT =
      Map.of(
          "ClonedDeviceTest", "a desk speaks to a world, without a server that sees requests",
          "WrongClockTest", "a desk speaks to a world, without a server that sees requests",
          "MutationMatrixTest", "asks the oracles itself, once for many mutations",
          "OraclesTest", "shows that the oracles find something",
          "WatchedTest", "asks no server");

  @Test
  void everyTestHereIsHostileOrExempt() throws Exception {
    Set<String> unwatched = new TreeSet<>();
    try (var files = Files.newDirectoryStream(HERE, "*Test.java")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replace(".java", "");
        Class<?> test = Class.forName(getClass().getPackageName() + "." + name);
        if (!test.isAnnotationPresent(Hostile.class)) {
          unwatched.add(name);
        }
      }
    }
    assertEquals(new TreeSet<>(EXEMPT.keySet()), unwatched);
  }
}
