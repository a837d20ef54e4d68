package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `cofre server` with its own PostgreSQL and a directory.
///
/// @param url the address that clients use
record CofreServer(String url, Workplace.Served served, Path collections) {
  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M");

  /// Starts one at its defaults.
  static CofreServer start(Workplace place, String name) throws IOException, InterruptedException {
    int port = Workplace.freePort();
    return start(place, name, port, "http://127.0.0.1:" + port);
  }

  /// Starts one whose clients use another address than the one it listens on.
  static CofreServer start(Workplace place, String name, int port, String url)
      throws IOException, InterruptedException {
    Path collections = place.path(name + ".gc");
    Map<String, String> settings = new HashMap<>();
    settings.put("COFRE_PUBLIC_URL", url);
    String given = System.getenv().getOrDefault("COFRE_JAVA_OPTS", "");
    settings.put("COFRE_JAVA_OPTS", given + " -Xlog:gc:file=" + collections);
    Path program = Path.of("cofre").toAbsolutePath();
    String listen = "127.0.0.1:" + port;
    List<String> words =
        Contender.words(program, "server", "--listen", listen, "--data", place.path(name));
    Workplace.Served served = place.serve(name + "-server", settings, words);
    Workplace.awaitPort(port, served);
    return new CofreServer(url, served, collections);
  }

  /// The most memory that its process had, in MiB, PostgreSQL's apart.
  double resident() throws IOException {
    Path status = Path.of("/proc", Long.toString(served.process().pid()), "status");
    return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
            .sum()
        / 1024;
  }

  /// The most heap that was in use when a collection began, in MiB.
  double heap() throws IOException {
    double most = 0;
    for (String line : Files.readAllLines(collections)) {
      Matcher matcher = COLLECTION.matcher(line);
      if (matcher.find()) {
        most = Math.max(most, Double.parseDouble(matcher.group(1)));
      }
    }
    return most;
  }
}
