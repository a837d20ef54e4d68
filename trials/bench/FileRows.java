package bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The rows of files: a large one, and many small ones.
final class FileRows {
  private static final int SMALL = 10 << 10;
  private static final int SAMPLE = 200;
  private static final int SLOW_PAIRS = 3;

  private final Workplace place;
  private final Options options;
  private final CofreProgram cofre;

  FileRows(Workplace place, Options options, CofreProgram cofre) {
    this.place = place;
    this.options = options;
    this.cofre = cofre;
  }

  List<Row> large() throws IOException, InterruptedException {
    Content file = Content.file(place.path("large.bin"), options.size());
    int pairs = options.pairs();
    int few = Math.min(SLOW_PAIRS, pairs);
    List<Row> rows =
        new Contest(place)
            .enter(cofre, file, pairs, 1, 1)
            .enter(new CurlNginx(place), file, pairs, 0.8, 0.8)
            .enter(new Age(place), file, pairs, 1, 1)
            .enter(new Gpg(place), file, pairs, 1, 1)
            .enter(new Restic(place), file, pairs, 1, 1)
            .enter(new RcloneCrypt(place), file, few, 1, 1)
            .enter(new Gocryptfs(place), file, pairs, 1, 1)
            .run("large", text(options.size()));
    Workplace.remove(file.path());
    return rows;
  }

  List<Row> tree() throws IOException, InterruptedException {
    Content tree = Content.tree(place.path("tree"), options.files(), SMALL);
    Content sample = Content.tree(place.path("sample"), Math.min(SAMPLE, options.files()), SMALL);
    int few = Math.min(SLOW_PAIRS, options.pairs());
    try (Workplace peers = Speed.open()) {
      return new Contest(place)
          .enter(cofre, tree, options.pairs(), 1, 1)
          .enter(new Restic(peers), tree, options.pairs(), 1.5, 1.5)
          .enter(new RcloneCrypt(peers), sample, few, 10, 10)
          .run("tree", options.files() + " files of " + text(SMALL));
    }
  }

  /// From an empty disk of processes to their end: what a person waits for who only asks.
  List<Row> start() throws IOException, InterruptedException {
    int times = 4 * options.pairs() + 1;
    double[] version = new double[times];
    double[] list = new double[times];
    cofre.up(Content.file(place.path("small.bin"), SMALL), 0);
    for (int i = 0; i < times; i++) {
      version[i] = cofre.run("--version").seconds();
      list[i] = cofre.run("ls", cofre.vault()).seconds();
    }
    return List.of(limited("cofre --version", version, 0.15), limited("cofre ls", list, 0.3));
  }

  private static Row limited(String work, double[] seconds, double limit) {
    List<Double> all = Arrays.stream(seconds).boxed().toList();
    return Row.limited("start", work, Row.Unit.SECONDS, Row.median(all), limit)
        .with("times", seconds.length);
  }

  static String text(long bytes) {
    for (Map.Entry<Integer, String> unit :
        List.of(Map.entry(30, " GiB"), Map.entry(20, " MiB"), Map.entry(10, " KiB"))) {
      if (bytes >> unit.getKey() > 0 && bytes % (1L << unit.getKey()) == 0) {
        return (bytes >> unit.getKey()) + unit.getValue();
      }
    }
    return bytes + " bytes";
  }
}
