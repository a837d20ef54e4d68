package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// `cp` into and out of a gocryptfs file system.
final class Gocryptfs implements Contender {
  private final Workplace place;
  private Path plain = Path.of("");

  Gocryptfs(Workplace place) {
    this.place = place;
  }

  @Override
  public String name() {
    return "gocryptfs";
  }

  @Override
  public Optional<String> missing() {
    if (!Files.isReadable(Path.of("/dev/fuse")) || !Files.isWritable(Path.of("/dev/fuse"))) {
      return Optional.of("/dev/fuse cannot be used");
    }
    return Contender.missing("gocryptfs", "fusermount");
  }

  @Override
  public void start() throws IOException, InterruptedException {
    Path sealed = place.directory("gocryptfs");
    plain = place.directory("gocryptfs-plain");
    Path password = place.secret("gocryptfs.password", "a passphrase for a trial");
    place.run(Map.of(), Contender.words("gocryptfs", "-q", "-init", "-passfile", password, sealed));
    Workplace.Served served =
        place.serve(
            "gocryptfs-process",
            Map.of(),
            Contender.words("gocryptfs", "-q", "-fg", "-passfile", password, sealed, plain));
    place.undo(() -> place.run(Map.of(), Contender.words("fusermount", "-u", plain)));
    Object outside = Files.getAttribute(sealed, "unix:dev");
    for (int i = 0; Files.getAttribute(plain, "unix:dev").equals(outside); i++) {
      if (i == 200) {
        throw new IOException("gocryptfs does not mount:\n" + Workplace.tail(served.log()));
      }
      Thread.sleep(50);
    }
  }

  @Override
  public double up(Content content, int round) throws IOException, InterruptedException {
    return copy(content.path(), stored(round));
  }

  @Override
  public Fetched down(Content content, int round, Path target)
      throws IOException, InterruptedException {
    return new Fetched(copy(stored(round), target), target);
  }

  private double copy(Path from, Path to) throws IOException, InterruptedException {
    return place.run(Map.of(), Contender.words("cp", "-r", from, to)).seconds();
  }

  @Override
  public void forget(int round) throws IOException {
    Workplace.remove(stored(round));
  }

  private Path stored(int round) {
    return plain.resolve(Integer.toString(round));
  }
}
