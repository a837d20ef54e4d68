package bench;

import java.io.IOException;
import java.util.Map;

/// The trial `trials/speed`: measures, prints one JSON line a row, and writes the report.
public final class Speed {
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
      measure(options, results);
    }
    if (options.report()) {
      Report.write(results.lines());
    }
  }

  private static void measure(Options options, Results results)
      throws IOException, InterruptedException {
    try (Workplace place = new Workplace()) {
      Thread ending = Thread.ofPlatform().unstarted(() -> end(place));
      Runtime.getRuntime().addShutdownHook(ending);
      if (options.rows().stream().anyMatch(Options.QUICK::contains)) {
        String url = Cofre.serve(place, "data", Map.of());
        FileRows rows = new FileRows(place, options, Cofre.founder(place, "ana", url));
        if (options.rows().contains("start")) {
          results.add(rows.start());
        }
        if (options.rows().contains("large")) {
          results.add(rows.large());
        }
        if (options.rows().contains("tree")) {
          results.add(rows.tree());
        }
      }
    }
  }

  private static void end(Workplace place) {
    try {
      place.close();
    } catch (IOException e) {
      System.err.println(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
