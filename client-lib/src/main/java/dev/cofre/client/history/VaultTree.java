package dev.cofre.client.history;

import dev.cofre.protocol.FileId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The readable files of a vault by path. Of several at one path the oldest file keeps it, by the commit that first put it; the others are
/// shown as `name (conflict 1a2b3c4d).ext`, after their file ids. So who keeps a path does not depend on which earlier versions one can read.
/// A file whose current version cannot be read keeps the path at which it was last seen, with nothing shown there.
public final class VaultTree {
  private static final int SHORT_ID = 8;

  private final NavigableMap<String, Revision> byPath = new TreeMap<>();
  private final Set<String> held = new HashSet<>();
  private Optional<Map<FileId, String>> paths = Optional.empty();

  VaultTree(VaultIndex index) {
    List<Revision> late = new ArrayList<>();
    for (List<Revision> versions : index.live()) {
      Optional<String> path = lastPath(versions);
      if (path.isPresent()) {
        Revision current = versions.getLast();
        if (!isTaken(path.get())) {
          take(path.get(), current);
        } else if (current.readable()) {
          late.add(current);
        }
      }
    }
    for (Revision revision : late) {
      String path = pathOf(revision).orElse("");
      Iterator<String> marks = marks(revision.file()).iterator();
      String shown = marked(path, marks.next());
      while (isTaken(shown)) {
        shown = marked(path, marks.next());
      }
      byPath.put(shown, revision);
    }
  }

  private boolean isTaken(String path) {
    return byPath.containsKey(path) || held.contains(path);
  }

  private void take(String path, Revision current) {
    if (current.readable()) {
      byPath.put(path, current);
    } else {
      held.add(path);
    }
  }

  /// The path in the newest version that can be read.
  private static Optional<String> lastPath(List<Revision> versions) {
    for (int i = versions.size() - 1; i >= 0; i--) {
      Optional<String> path = pathOf(versions.get(i));
      if (path.isPresent()) {
        return path;
      }
    }
    return Optional.empty();
  }

  /// What a file in conflict can be marked with: the shortest that is free.
  private static Stream<String> marks(FileId file) {
    String id = file.hex();
    return Stream.concat(
        Stream.of(id.substring(0, SHORT_ID), id),
        IntStream.iterate(2, n -> n + 1).mapToObj(n -> id + " " + n));
  }

  /// The path in a revision's record.
  static Optional<String> pathOf(Revision revision) {
    return revision.facts().map(facts -> facts.path().value());
  }

  private static String marked(String path, String mark) {
    int name = path.lastIndexOf('/') + 1;
    int dot = path.lastIndexOf('.');
    int end = dot > name ? dot : path.length();
    return path.substring(0, end) + " (conflict " + mark + ")" + path.substring(end);
  }

  /// The file at a path.
  public Optional<Revision> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /// Where a file is shown.
  public Optional<String> path(FileId file) {
    if (paths.isEmpty()) {
      Map<FileId, String> all = new HashMap<>();
      byPath.forEach((path, revision) -> all.put(revision.file(), path));
      paths = Optional.of(all);
    }
    return Optional.ofNullable(paths.get().get(file));
  }

  /// All files by path.
  public NavigableMap<String, Revision> files() {
    return Collections.unmodifiableNavigableMap(byPath);
  }

  /// The files below a directory, which ends in a slash.
  public NavigableMap<String, Revision> below(String directory) {
    String end = directory.substring(0, directory.length() - 1) + (char) ('/' + 1);
    return Collections.unmodifiableNavigableMap(byPath.subMap(directory, false, end, false));
  }

  /// Whether files lie below this path.
  public boolean isDirectory(String path) {
    return path.equals("/") || !below(path + "/").isEmpty();
  }
}
