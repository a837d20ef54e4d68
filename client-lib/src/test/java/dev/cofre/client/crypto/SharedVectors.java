package dev.cofre.client.crypto;

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
      return new ObjectMapper().readTree(in);
    }
  }

  static Path path(String name) {
    Path file = Path.of(System.getProperty("cofre.shared", "absent"), "vectors").resolve(name);
    assumeTrue(Files.isRegularFile(file), () -> "public vectors absent: " + name);
    return file;
  }
}
