package bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Several programs that do the same work in turn. In a round each stores, and then gives back, the content once, with all writes of those
/// before on the disk; the next round begins with the next program. Every copy given back is compared, outside the measured time.
final class Contest {
  private final Workplace place;
  private final List<Entrant> entrants = new ArrayList<>();

  /// Who takes part with what.
  ///
  /// @param rounds in how many rounds
  /// @param up the goal of storing, as a ratio
  /// @param down the goal of giving back, as a ratio
  record Entrant(Contender contender, Content content, int rounds, double up, double down) {}

  /// The seconds of one round.
  ///
  /// @param synced the seconds until all was on the disk
  private record Lap(double seconds, double synced) {}

  private record Laps(Map<Integer, Lap> up, Map<Integer, Lap> down) {
    Laps() {
      this(new TreeMap<>(), new TreeMap<>());
    }
  }

  Contest(Workplace place) {
    this.place = place;
  }

  /// Adds one; the first is ours.
  Contest enter(Contender contender, Content content, int rounds, double up, double down) {
    entrants.add(new Entrant(contender, content, rounds, up, down));
    return this;
  }

  /// Runs all rounds.
  List<Row> run(String name, String work) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    List<Entrant> able = new ArrayList<>();
    for (Entrant entrant : entrants) {
      Optional<String> missing = entrant.contender().missing();
      if (missing.isPresent()) {
        for (String way : List.of("up", "down")) {
          rows.add(
              Row.skipped(
                  name + "-" + way, work + " " + way, entrant.contender().name(), missing.get()));
        }
      } else {
        entrant.contender().start();
        able.add(entrant);
      }
    }
    List<Laps> laps = able.stream().map(_ -> new Laps()).toList();
    int rounds = able.stream().mapToInt(Entrant::rounds).max().orElse(0);
    for (int round = 1; round <= rounds; round++) {
      for (int i = 0; i < able.size(); i++) {
        int turn = (i + round - 1) % able.size();
        if (round <= able.get(turn).rounds()) {
          race(able.get(turn), round, laps.get(turn));
        }
      }
    }
    Laps ours = laps.getFirst();
    for (int i = 1; i < able.size(); i++) {
      Entrant entrant = able.get(i);
      Laps theirs = laps.get(i);
      String peer = entrant.contender().name();
      rows.add(
          row(name + "-up", work + " up", ours.up(), theirs.up(), peer, entrant, entrant.up()));
      rows.add(
          row(
              name + "-down",
              work + " down",
              ours.down(),
              theirs.down(),
              peer,
              entrant,
              entrant.down()));
    }
    return rows;
  }

  private void race(Entrant entrant, int round, Laps laps)
      throws IOException, InterruptedException {
    Contender contender = entrant.contender();
    Content content = entrant.content();
    sync();
    double up = contender.up(content, round);
    laps.up().put(round, new Lap(up, up + sync()));
    Path target = place.path("copy");
    Contender.Fetched fetched = contender.down(content, round, target);
    laps.down().put(round, new Lap(fetched.seconds(), fetched.seconds() + sync()));
    content.check(contender.name(), fetched.copy());
    Workplace.remove(target);
    contender.forget(round);
  }

  private double sync() throws IOException, InterruptedException {
    return place.run(Map.of(), List.of("sync")).seconds();
  }

  private Row row(
      String name,
      String work,
      Map<Integer, Lap> ours,
      Map<Integer, Lap> theirs,
      String peer,
      Entrant entrant,
      double goal) {
    Content whole = entrants.getFirst().content();
    double scale = (double) whole.files() / entrant.content().files();
    List<Lap> same = theirs.keySet().stream().map(ours::get).toList();
    List<Lap> laps = List.copyOf(theirs.values());
    Row row =
        Row.compared(
                name,
                work,
                Row.median(same.stream().map(Lap::seconds).toList()),
                peer,
                scale * Row.median(laps.stream().map(Lap::seconds).toList()),
                goal)
            .with("oursOnDisk", Row.median(same.stream().map(Lap::synced).toList()))
            .with("peerOnDisk", scale * Row.median(laps.stream().map(Lap::synced).toList()))
            .with("pairs", entrant.rounds())
            .with("files", whole.files())
            .with("bytes", whole.bytes());
    return scale == 1 ? row : row.with("peerFiles", entrant.content().files());
  }
}
