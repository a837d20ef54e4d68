package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `restic` over its REST protocol, which `rclone serve restic` speaks. Each round has a repository of its own, made outside the measured
/// time, since restic does not store the same bytes twice; nothing is compressed.
final class Restic implements Contender {
  private final Workplace place;
  private Path root = Path.of("");
  private Path password = Path.of("");
  private Path cache = Path.of("");
  private String url = "";

  Restic(Workplace place) {
    this.place = place;
  }

  @Override
  public String name() {
    return "restic over REST";
  }

  @Override
  public Optional<String> missing() {
    return Contender.missing("restic", "rclone");
  }

  @Override
  public void start() throws IOException, InterruptedException {
    root = place.directory("restic");
    cache = place.path("restic-cache");
    password = place.secret("restic.password", "a passphrase for a trial");
    int port = Workplace.freePort();
    Workplace.Served served =
        place.serve(
            "restic-server",
            Map.of("RCLONE_CONFIG", place.path("no-rclone.conf").toString()),
            Contender.words("rclone", "serve", "restic", "--addr", "127.0.0.1:" + port, root));
    Workplace.awaitPort(port, served);
    url = "rest:http://127.0.0.1:" + port + "/";
  }

  private Workplace.Ran restic(int round, Object... words)
      throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            Contender.words("restic", "-q", "-r", url + round + "/", "--password-file", password));
    all.addAll(Contender.words("--cache-dir", cache, "--compression", "off"));
    all.addAll(Contender.words(words));
    return place.run(Map.of(), all);
  }

  @Override
  public double up(Content content, int round) throws IOException, InterruptedException {
    restic(round, "init");
    return restic(round, "backup", content.path()).seconds();
  }

  @Override
  public Fetched down(Content content, int round, Path target)
      throws IOException, InterruptedException {
    double seconds = restic(round, "restore", "latest", "--target", target).seconds();
    return new Fetched(seconds, target.resolve(Path.of("/").relativize(content.path())));
  }

  @Override
  public void forget(int round) throws IOException {
    Workplace.remove(root.resolve(Integer.toString(round)));
    if (Files.exists(cache)) {
      Workplace.remove(cache);
    }
  }
}
