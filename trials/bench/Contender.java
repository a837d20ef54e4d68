package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A program that stores files and gives them back. Each round stores anew, apart from the rounds before.
interface Contender {
  /// What it is called in a row.
  String name();

  /// Why it cannot be measured here, if so.
  Optional<String> missing();

  /// Starts what it needs; called once, before the first round.
  void start() throws IOException, InterruptedException;

  /// Stores a file or a tree.
  ///
  /// @return the seconds that took
  double up(Content content, int round) throws IOException, InterruptedException;

  /// Gives back what a round stored, at or below a path where nothing is.
  Fetched down(Content content, int round, Path target) throws IOException, InterruptedException;

  /// Frees the space of a round, where that can be done.
  void forget(int round) throws IOException, InterruptedException;

  /// What was given back.
  ///
  /// @param copy where the file or the tree is
  record Fetched(double seconds, Path copy) {}

  /// The first of the commands that cannot be found.
  static Optional<String> missing(String... commands) {
    for (String command : commands) {
      boolean there =
          Stream.of(System.getenv("PATH").split(":"))
              .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
      if (!there) {
        return Optional.of(command + " is not installed");
      }
    }
    return Optional.empty();
  }

  /// A command line.
  static List<String> words(Object... words) {
    return Stream.of(words).map(Object::toString).toList();
  }
}
