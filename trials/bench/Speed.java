package bench;

import java.io.IOException;
import java.util.List;

/// The trial `trials/speed`: measures, prints one JSON line a row, and writes the report.
public final class Speed {
  /// Measures the rows of one name.
  @FunctionalInterface
  private interface Measuring {
    List<Row> run() throws Exception;
  }

  private Speed() {}

  /// Arguments as of `trials/speed`; run in the directory of the checkout.
  public static void main(String[] arguments) throws Exception {
    Options options;
    try {
      options = Options.of(arguments);
    } catch (Options.Wrong e) {
      System.err.println("trials/speed: " + e.getMessage());
      System.exit(2);
      return;
    }
    Results results = new Results();
    if (options.last()) {
      results.lines().forEach(System.out::println);
    } else {
      new Speed().measure(options, results);
    }
    if (options.report()) {
      Report.write(results.lines());
    }
  }

  private void measure(Options options, Results results) throws Exception {
    if (options.rows().stream().anyMatch(Options.QUICK::contains)) {
      try (Workplace place = open()) {
        String url = CofreServer.start(place, "data").url();
        FileRows rows = new FileRows(place, options, CofreProgram.founder(place, "ana", url));
        row("start", rows::start, options, results);
        row("large", rows::large, options, results);
        row("tree", rows::tree, options, results);
      }
    }
    if (options.rows().contains("growth")) {
      try (Workplace place = open()) {
        row("growth", new GrowthRows(place, options)::run, options, results);
      }
    }
    row("memory", new MemoryRows(options)::run, options, results);
    if (options.rows().stream().anyMatch(List.of("members", "clients", "commits")::contains)) {
      measureLoad(options, results);
    }
  }

  private static void measureLoad(Options options, Results results) throws Exception {
    try (Workplace place = open()) {
      LoadRows rows = new LoadRows(place, options);
      row("members", rows::members, options, results);
      if (options.rows().contains("clients") || options.rows().contains("commits")) {
        try (Fleet fleet = rows.fleet()) {
          row("clients", () -> rows.clients(fleet), options, results);
          row("commits", () -> rows.commits(fleet), options, results);
        }
      }
    }
  }

  private static void row(String name, Measuring measuring, Options options, Results results)
      throws Exception {
    if (!options.rows().contains(name)) {
      return;
    }
    List<Row> rows = measuring.run();
    if (options.trial()) {
      results.show(rows);
    } else {
      results.add(rows);
    }
  }

  /// A workplace that is tidied up even if this process is told to stop.
  static Workplace open() throws IOException {
    Workplace place = new Workplace();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> close(place)));
    return place;
  }

  private static void close(Workplace place) {
    try {
      place.close();
    } catch (IOException e) {
      System.err.println(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
