package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Somebody's device, driven by the `cofre` command with its agent unlocked.
final class CofreProgram implements Contender {
  private final Workplace place;
  private final Path program;
  private final String name;
  private final Map<String, String> environment;
  private boolean undone;

  CofreProgram(Workplace place, String name) throws IOException {
    this.place = place;
    this.name = name;
    this.program = Path.of("cofre").toAbsolutePath();
    Path secret = place.secret(name + ".passphrase", "a passphrase for a trial");
    this.environment =
        Map.of(
            "COFRE_HOME", place.path(name + ".home").toString(),
            "COFRE_PASSPHRASE_FILE", secret.toString());
  }

  /// The first of a team of its own with a vault called as the person.
  static CofreProgram founder(Workplace place, String name, String url)
      throws IOException, InterruptedException {
    CofreProgram cofre = new CofreProgram(place, name);
    cofre.run(
        "team",
        "create",
        "Trial",
        "--server",
        url,
        "--name",
        name,
        "--email",
        name + "@example.com");
    cofre.run("vault", "create", name);
    cofre.unlock();
    return cofre;
  }

  /// Starts the agent.
  void unlock() throws IOException, InterruptedException {
    if (!undone) {
      place.undo(() -> run("lock"));
      undone = true;
    }
    run("unlock", "--for", "8h");
  }

  /// The directory of the device's state.
  Path home() {
    return Path.of(environment.getOrDefault("COFRE_HOME", ""));
  }

  String vaultName() {
    return name;
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
