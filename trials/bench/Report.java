package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Writes docs/performance.md.
final class Report {
  private static final Path FILE = Path.of("docs", "performance.md");
  private static final Path PRIMITIVES = Path.of("target", "speed", "primitives.csv");

  private static final String HEAD =
      """
      # Performance

      Written by `trials/speed --report`: the last row of each kind that was measured. Every goal is here, met or not.

      ## How to run
      ```sh
      trials/speed --quick     # the rows of files, under 8 minutes
      trials/speed             # all of it, about an hour
      trials/speed --report    # the same, and writes this page; --last --report writes it of what was measured before
      trials/primitives        # the primitives alone, by JMH; the report takes them over
      ```
      As root it installs what it compares with from Debian's packages. What cannot be had here shows as skipped. `--help` says how to try a small size; such rows are printed and not kept.

      - Whole processes, from start to end, everything on loopback and one disk. Ours is `cofre put` and `cofre get` with the agent unlocked, against `cofre server` with its own PostgreSQL and a directory, all at their defaults.
      - In a round each program stores the content and gives it back, in turn; each round begins with the next one. Before each step all earlier writes are on the disk (`sync`). Every copy is compared by its SHA-256, outside the measured time.
      - Figures are medians of as many rounds as a row says. *ratio* says how many times better ours is: the peer's time divided by ours. Where there is no peer, the limit takes its place.
      - *on disk* is the time until a `sync` after it has ended as well: `cofre` has what it stored on the disk when it ends, most others do not.
      - restic: a new repository each round, made outside the measured time, no compression, `rclone serve restic`. rclone crypt: `rclone serve webdav`; of many files a sample, scaled. age and gpg seal for a key into a file; gocryptfs is `cp` into its mount.
      """;

  private static final String REASONS =
      """

      ### Why some are not met
      - *Large files.* Client and server share two cores. Up, a GiB costs the client 4 s of processor (reading, two hashes of 0.6 s, AES 0.3 s, sending, about a second until the JVM has compiled what it does) and the server 2.6 s, most of it copying into the disk's cache; down, 3.5 and 1 s. age, gpg and gocryptfs send nothing and wait for no disk.
      - *Many small files.* Each has a key, a signed place in the history and, down, a disk that has it before it has its name; restic writes a few packs, and restores without waiting for the disk.
      - *Commits of one file.* Each is checked, chained and on the disk by itself, and what makes them shares the two cores.
      - *`cofre ls`.* A JVM is up after 0.1 s; opening the device and its two questions to the server take the rest.
      - *A vault of 100 000 files as a whole process.* Each process reads and opens the records that the device keeps, about 26 µs each; a client that is open has done so.
      """;

  private Report() {}

  static void write(List<String> lines) throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    if (lines.isEmpty()) {
      text.append("\n## Figures\nNone yet.\n");
    } else {
      text.append("\n## The machine\n").append(Machine.describe()).append('\n');
      text.append(
          """

          ## Goals
          | work | ours | beside | theirs | ratio | goal | met | on disk, ours / theirs | rounds |
          |---|--:|---|--:|--:|--:|---|--:|--:|
          """);
      lines.stream().filter(line -> !isCurve(line)).forEach(line -> text.append(goal(line)));
      text.append(REASONS);
      if (lines.stream().anyMatch(Report::isCurve)) {
        text.append("\n## How it grows\n| work | |\n|---|--:|\n");
        lines.stream().filter(Report::isCurve).forEach(line -> text.append(curve(line)));
      }
    }
    if (Files.exists(PRIMITIVES)) {
      text.append("\n## Primitives\n| | |\n|---|--:|\n");
      for (String line : Files.readAllLines(PRIMITIVES)) {
        text.append(primitive(line));
      }
    }
    Files.writeString(FILE, text);
  }

  private static boolean isCurve(String line) {
    return Results.field(line, "goal").isEmpty() && Results.field(line, "skipped").isEmpty();
  }

  private static String goal(String line) {
    String skipped = Results.field(line, "skipped");
    String work = work(line);
    String peer = Results.field(line, "peerName");
    if (!skipped.isEmpty()) {
      return "| %s | | %s | | | | skipped: %s | | |%n".formatted(work, peer, skipped);
    }
    boolean synced = !Results.field(line, "oursOnDisk").isEmpty();
    String disk = synced ? quantity(line, "oursOnDisk") + " / " + quantity(line, "peerOnDisk") : "";
    return "| %s | %s | %s | %s | %.2f | %s | %s | %s | %s |%n"
        .formatted(
            work,
            quantity(line, "ours"),
            peer,
            quantity(line, "peer"),
            Double.valueOf(Results.field(line, "ratio")),
            "≥ " + number(Double.parseDouble(Results.field(line, "goal"))),
            Results.field(line, "met").equals("true") ? "yes" : "**no**",
            disk,
            Results.field(line, "pairs") + Results.field(line, "times"));
  }

  private static String work(String line) {
    String sample = Results.field(line, "peerFiles");
    String note = Results.field(line, "note");
    return Results.field(line, "work")
        + (sample.isEmpty() ? "" : " (theirs: " + sample + " files, scaled)")
        + (note.isEmpty() ? "" : " (" + note + ")");
  }

  private static String curve(String line) {
    return "| %s | %s |%n".formatted(work(line), quantity(line, "ours"));
  }

  private static String quantity(String line, String name) {
    return number(Double.parseDouble(Results.field(line, name)))
        + " "
        + Results.field(line, "unit");
  }

  private static String number(double value) {
    String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value).replace(",", " ");
  }

  /// A line of JMH's CSV: benchmark, mode, threads, samples, score, error, unit, parameters.
  private static String primitive(String line) {
    String[] fields = line.replace("\"", "").split(",");
    if (fields[0].equals("Benchmark")) {
      return "";
    }
    String name = fields[0].substring(fields[0].lastIndexOf('.') + 1);
    String parameters = fields.length > 7 ? " " + fields[7] : "";
    return "| %s%s | %s %s |%n"
        .formatted(name, parameters, number(Double.parseDouble(fields[4])), fields[6]);
  }
}
