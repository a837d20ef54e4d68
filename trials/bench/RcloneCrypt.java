package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// `rclone` with its crypt remote over WebDAV, which `rclone serve webdav` speaks.
final class RcloneCrypt implements Contender {
  private final Workplace place;
  private Path root = Path.of("");
  private Map<String, String> environment = Map.of();

  RcloneCrypt(Workplace place) {
    this.place = place;
  }

  @Override
  public String name() {
    return "rclone crypt over WebDAV";
  }

  @Override
  public Optional<String> missing() {
    return Contender.missing("rclone");
  }

  @Override
  public void start() throws IOException, InterruptedException {
    root = place.directory("webdav");
    int port = Workplace.freePort();
    String configuration = place.path("no-rclone.conf").toString();
    Workplace.Served served =
        place.serve(
            "webdav-server",
            Map.of("RCLONE_CONFIG", configuration),
            Contender.words("rclone", "serve", "webdav", "--addr", "127.0.0.1:" + port, root));
    Workplace.awaitPort(port, served);
    String password =
        place
            .run(
                Map.of("RCLONE_CONFIG", configuration),
                Contender.words("rclone", "obscure", "a passphrase for a trial"))
            .out()
            .strip();
    environment =
        Map.of(
            "RCLONE_CONFIG", configuration,
            "RCLONE_CONFIG_DAV_TYPE", "webdav",
            "RCLONE_CONFIG_DAV_URL", "http://127.0.0.1:" + port,
            "RCLONE_CONFIG_DAV_VENDOR", "other",
            "RCLONE_CONFIG_SAFE_TYPE", "crypt",
            "RCLONE_CONFIG_SAFE_REMOTE", "dav:store",
            "RCLONE_CONFIG_SAFE_PASSWORD", password);
  }

  @Override
  public double up(Content content, int round) throws IOException, InterruptedException {
    return copy(content.path(), "safe:" + round).seconds();
  }

  @Override
  public Fetched down(Content content, int round, Path target)
      throws IOException, InterruptedException {
    double seconds = copy("safe:" + round, target).seconds();
    Path name = content.path().getFileName();
    return new Fetched(seconds, Files.isDirectory(content.path()) ? target : target.resolve(name));
  }

  private Workplace.Ran copy(Object from, Object to) throws IOException, InterruptedException {
    return place.run(environment, Contender.words("rclone", "copy", from, to));
  }

  @Override
  public void forget(int round) throws IOException, InterruptedException {
    place.run(environment, Contender.words("rclone", "purge", "safe:" + round));
  }
}
