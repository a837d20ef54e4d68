package dev.cofre.cli;

import dev.cofre.cli.agent.Agent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// Where the process that keeps a device unlocked starts. Not meant for people: `cofre unlock` starts it.
public final class AgentProcess {
  private AgentProcess() {}

  /// Takes the home and the idle seconds as arguments and the key on standard input.
  public static void main(String[] args) throws IOException {
    Duration idle = Duration.ofSeconds(Long.parseLong(args[1]));
    Agent.keep(
        Path.of(args[0]), System.getenv(), idle, InstantSource.system(), System.in, System.out);
  }
}
