package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the figures were measured on.
final class Machine {
  private Machine() {}

  static String describe() throws IOException {
    String model = first(Path.of("/proc/cpuinfo"), "model name");
    long memory = Long.parseLong(first(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", ""));
    String temporary = System.getenv().getOrDefault("TMPDIR", "/tmp");
    return "%s, %d cores, %.0f GiB of memory, %s %s, %s on %s, Java %s."
        .formatted(
            model,
            Runtime.getRuntime().availableProcessors(),
            memory / 1048576.0,
            System.getProperty("os.name"),
            System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1"),
            Files.getFileStore(Path.of(temporary)).type(),
            disk(),
            Runtime.version());
  }

  private static String first(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown " + name);
  }

  /// The kind of the first disk.
  private static String disk() throws IOException {
    for (String name : List.of("nvme0n1", "vda", "xvda", "sda")) {
      Path rotational = Path.of("/sys/block", name, "queue/rotational");
      if (Files.exists(rotational)) {
        boolean turns = Files.readString(rotational).strip().equals("1");
        return (name.contains("vd") ? "a virtual " : "a ")
            + (turns ? "disk that reports as rotating" : "disk that reports as solid-state");
      }
    }
    return "an unknown disk";
  }
}
