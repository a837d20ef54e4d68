package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `gpg` with a recipient's key and no compression: a file into a sealed file beside it.
final class Gpg implements Contender {
  private final Workplace place;
  private Path home = Path.of("");

  Gpg(Workplace place) {
    this.place = place;
  }

  @Override
  public String name() {
    return "gpg -z 0";
  }

  @Override
  public Optional<String> missing() {
    return Contender.missing("gpg", "gpgconf");
  }

  @Override
  public void start() throws IOException, InterruptedException {
    home = place.directory("gpg");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    place.undo(
        () -> place.run(Map.of(), Contender.words("gpgconf", "--homedir", home, "--kill", "all")));
    gpg("--passphrase", "", "--quick-gen-key", "trial", "future-default", "default", "never");
  }

  private Workplace.Ran gpg(Object... words) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(Contender.words("gpg", "--homedir", home, "--batch", "-q"));
    all.addAll(Contender.words(words));
    return place.run(Map.of(), all);
  }

  @Override
  public double up(Content content, int round) throws IOException, InterruptedException {
    return gpg("-z", "0", "-r", "trial", "-o", sealed(round), "-e", content.path()).seconds();
  }

  @Override
  public Fetched down(Content content, int round, Path target)
      throws IOException, InterruptedException {
    return new Fetched(gpg("-o", target, "-d", sealed(round)).seconds(), target);
  }

  @Override
  public void forget(int round) throws IOException {
    Workplace.remove(sealed(round));
  }

  private Path sealed(int round) {
    return place.path("gpg-" + round);
  }
}
