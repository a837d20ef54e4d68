package bench;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What was asked for on the command line.
///
/// @param rows the names of the rows to measure
/// @param size the bytes of the large file
/// @param files the files of the tree of small ones
/// @param pairs how often each is measured beside ours
/// @param growth the files of the large vault
/// @param clients the most clients at once
/// @param small whether the many uploads at once are of 256 MiB instead of 1 GiB
/// @param trial whether sizes are other than usual, so that the rows are printed and not kept
/// @param last whether nothing is measured and the last rows are shown
/// @param report whether docs/performance.md is written
record Options(
    Set<String> rows,
    long size,
    int files,
    int pairs,
    int growth,
    int clients,
    boolean small,
    boolean trial,
    boolean last,
    boolean report) {
  static final List<String> QUICK = List.of("large", "tree", "start");
  static final List<String> GROWTH = List.of("growth", "members", "memory", "commits", "clients");

  private static final Set<String> TRIALS =
      Set.of("--size", "--files", "--pairs", "--growth", "--clients");

  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message);
    }
  }

  static Options of(String... words) throws Wrong {
    boolean quick = false;
    boolean small = false;
    boolean trial = false;
    boolean last = false;
    boolean report = false;
    long size = 1L << 30;
    int files = 10_000;
    int pairs = 5;
    int growth = 100_000;
    int clients = 64;
    Optional<Set<String>> rows = Optional.empty();
    for (int i = 0; i < words.length; i++) {
      trial |= TRIALS.contains(words[i]);
      switch (words[i]) {
        case "--quick" -> quick = true;
        case "--small" -> small = true;
        case "--last" -> last = true;
        case "--report" -> report = true;
        case "--rows" -> rows = Optional.of(Set.of(value(words, ++i).split(",")));
        case "--size" -> size = number(value(words, ++i));
        case "--files" -> files = (int) number(value(words, ++i));
        case "--pairs" -> pairs = (int) number(value(words, ++i));
        case "--clients" -> clients = (int) number(value(words, ++i));
        case "--growth" -> growth = (int) number(value(words, ++i));
        default -> throw new Wrong("what is " + words[i] + "?");
      }
    }
    Set<String> every = new LinkedHashSet<>(QUICK);
    every.addAll(GROWTH);
    for (String row : rows.orElse(Set.of())) {
      if (!every.contains(row)) {
        throw new Wrong("no row " + row + "; there are " + String.join(", ", every));
      }
    }
    Set<String> chosen = rows.orElse(quick ? Set.copyOf(QUICK) : every);
    return new Options(chosen, size, files, pairs, growth, clients, small, trial, last, report);
  }

  private static String value(String[] words, int index) throws Wrong {
    if (index == words.length) {
      throw new Wrong(words[index - 1] + " needs a value");
    }
    return words[index];
  }

  private static long number(String text) throws Wrong {
    String digits = text.replaceFirst("[KMG]$", "");
    int shift =
        switch (text.charAt(text.length() - 1)) {
          case 'K' -> 10;
          case 'M' -> 20;
          case 'G' -> 30;
          default -> 0;
        };
    try {
      long number = Long.parseLong(digits) << shift;
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new Wrong("a number above 0 was expected, not " + text);
  }
}
