package dev.cofre.cli.agent;

import dev.cofre.client.crypto.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The key of a device as the agent of its home keeps it.
public final class UnlockedKey {
  private static final String PROCESS = "dev.cofre.cli.AgentProcess";

  private final Path home;
  private final Map<String, String> environment;

  /// The key of the device in a home.
  public UnlockedKey(Path home, Map<String, String> environment) {
    this.home = home;
    this.environment = Map.copyOf(environment);
  }

  /// Whether an agent keeps it.
  public boolean isKept() {
    return Agent.ask(home, environment, Agent.PRESENT).isPresent();
  }

  /// The key, owned by the caller; its use keeps the agent alive.
  public Optional<SecretBytes> get() {
    return Agent.ask(home, environment, Agent.KEY).map(SecretBytes::taking);
  }

  /// Ends the agent.
  ///
  /// @return whether there was one
  public boolean forget() {
    return Agent.ask(home, environment, Agent.END).isPresent();
  }

  /// Starts an agent that keeps a key until nobody has asked for it for `idle`. The key goes through a pipe; no argument or
  /// environment variable holds it.
  public void keep(SecretBytes key, Duration idle) throws IOException {
    forget();
    ProcessBuilder builder =
        new ProcessBuilder(command(idle))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .directory(home.toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
    String runtime = environment.get("XDG_RUNTIME_DIR");
    if (runtime != null) {
      builder.environment().put("XDG_RUNTIME_DIR", runtime);
    }
    Process agent = builder.start();
    byte[] bytes = key.toArray();
    try (OutputStream pipe = agent.getOutputStream()) {
      pipe.write(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    try (InputStream ready = agent.getInputStream()) {
      if (ready.read() != Agent.PRESENT) {
        agent.destroy();
        throw new IOException("the agent did not start");
      }
    }
  }

  private List<String> command(Duration idle) {
    String classes =
        Stream.of("java.class.path", "jdk.module.path")
            .map(name -> System.getProperty(name, ""))
            .filter(path -> !path.isEmpty())
            .collect(Collectors.joining(System.getProperty("path.separator")));
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+DisableAttachMechanism",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:-HeapDumpOnOutOfMemoryError",
        "-Xmx16m",
        "-cp",
        classes,
        PROCESS,
        home.toAbsolutePath().toString(),
        Long.toString(idle.toSeconds()));
  }
}
