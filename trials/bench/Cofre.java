package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Somebody's device, driven by the `cofre` command with its agent unlocked.
final class Cofre implements Contender {
  private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

  private final Workplace place;
  private final Path program;
  private final String name;
  private final Map<String, String> environment;

  private Cofre(Workplace place, String name) throws IOException {
    this.place = place;
    this.name = name;
    this.program = Path.of("cofre").toAbsolutePath();
    Path secret = place.secret(name + ".passphrase", "a passphrase for a trial");
    this.environment =
        Map.of(
            "COFRE_HOME", place.path(name + ".home").toString(),
            "COFRE_PASSPHRASE_FILE", secret.toString());
  }

  /// Starts a server with its own PostgreSQL and directory.
  ///
  /// @param settings more of its settings, as environment variables
  /// @return its address
  static String serve(Workplace place, String name, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path program = Path.of("cofre").toAbsolutePath();
    Path log =
        place.serve(
            name,
            settings,
            Contender.words(
                program, "server", "--listen", "127.0.0.1:0", "--data", place.path(name)));
    for (int i = 0; i < 600; i++) {
      Matcher url = URL.matcher(Files.readString(log));
      if (url.find()) {
        return url.group();
      }
      Thread.sleep(100);
    }
    throw new IOException("the server does not start:\n" + Workplace.tail(log));
  }

  /// The first of a team of its own with a vault called as the person.
  static Cofre founder(Workplace place, String name, String url)
      throws IOException, InterruptedException {
    Cofre cofre = new Cofre(place, name);
    cofre.run(
        "team", "create", "Trial", "--server", url, "--name", name, "--email",
        name + "@example.com");
    cofre.run("vault", "create", name);
    cofre.unlock();
    return cofre;
  }

  private void unlock() throws IOException, InterruptedException {
    place.undo(() -> run("lock"));
    run("unlock", "--for", "8h");
  }

  /// The vault's root.
  String vault() {
    return name + ":/";
  }

  /// Runs `cofre WORDS…`.
  Workplace.Ran run(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(program.toString()));
    all.addAll(List.of(words));
    return place.run(environment, all);
  }

  @Override
  public String name() {
    return "cofre";
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public void start() {}

  @Override
  public double up(Content content, int round) throws IOException, InterruptedException {
    return run("--quiet", "put", content.path().toString(), at(content, round, "/")).seconds();
  }

  @Override
  public Fetched down(Content content, int round, Path target)
      throws IOException, InterruptedException {
    String file = at(content, round, "/" + content.path().getFileName());
    String from = Files.isDirectory(content.path()) ? file + "/" : file;
    return new Fetched(run("--quiet", "get", from, target.toString()).seconds(), target);
  }

  private String at(Content content, int round, String path) {
    return name + ":/" + content.path().getFileName() + "-" + round + path;
  }

  @Override
  public void forget(int round) {}
}
