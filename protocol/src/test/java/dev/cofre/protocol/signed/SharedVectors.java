package dev.cofre.protocol.signed;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Public test vectors outside the project, found through the system property `cofre.shared`; tests skip without them.
final class SharedVectors {
  private SharedVectors() {}

  static JsonNode json(String name) throws IOException {
    try (InputStream in = Files.newInputStream(path(name))) {
      JsonNode vectors = new ObjectMapper().readTree(in);
      count(name, vectors);
      return vectors;
    }
  }

  /// Leaves their number for the report of attacks.
  private static void count(String name, JsonNode vectors) throws IOException {
    long number = vectors.isArray() ? vectors.size() : 0;
    for (JsonNode group : vectors.path("testGroups")) {
      number += group.path("tests").size();
    }
    Path directory = Files.createDirectories(Path.of("target", "attacks"));
    Files.writeString(
        directory.resolve("vectors-" + name.replace('/', '-')), "{\"vectors\":" + number + "}");
  }

  static Path path(String name) {
    Path file = Path.of(System.getProperty("cofre.shared", "absent"), "vectors").resolve(name);
    assumeTrue(Files.isRegularFile(file), () -> "public vectors absent: " + name);
    return file;
  }
}
