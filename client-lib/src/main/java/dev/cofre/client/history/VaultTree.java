package dev.cofre.client.history;

import dev.cofre.protocol.FileId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The readable files of a vault by path. Of two at one path the one that came there first keeps it, by its commit's position; the other
/// is shown as `name (conflict 1a2b3c4d).ext`, after its file id.
public final class VaultTree {
  private final NavigableMap<String, Revision> byPath = new TreeMap<>();
  private final Map<FileId, String> paths = new HashMap<>();

  private record Arrival(Revision revision, Revision.Place since) {}

  VaultTree(VaultIndex index) {
    List<Arrival> arrivals = new ArrayList<>();
    for (FileId file : index.fileIds()) {
      Optional<Revision> current = index.current(file).filter(Revision::readable);
      current.ifPresent(r -> arrivals.add(new Arrival(r, since(index.versions(file)))));
    }
    arrivals.sort(Comparator.comparing(Arrival::since));
    List<Revision> late = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      String path = pathOf(arrival.revision()).orElse("");
      if (byPath.putIfAbsent(path, arrival.revision()) == null) {
        paths.put(arrival.revision().file(), path);
      } else {
        late.add(arrival.revision());
      }
    }
    for (Revision revision : late) {
      String path = conflictPath(revision);
      byPath.put(path, revision);
      paths.put(revision.file(), path);
    }
  }

  /// When a file came to the path it has now.
  private static Revision.Place since(List<Revision> versions) {
    Revision.Place since = versions.getLast().place();
    Optional<String> path = pathOf(versions.getLast());
    for (int i = versions.size() - 2; i >= 0; i--) {
      if (!pathOf(versions.get(i)).equals(path)) {
        break;
      }
      since = versions.get(i).place();
    }
    return since;
  }

  /// The path in a revision's record.
  static Optional<String> pathOf(Revision revision) {
    return revision.facts().map(facts -> facts.path().value());
  }

  private String conflictPath(Revision revision) {
    String path = pathOf(revision).orElse("");
    String id = revision.file().hex();
    String shown = marked(path, id.substring(0, 8));
    return byPath.containsKey(shown) ? marked(path, id) : shown;
  }

  private static String marked(String path, String id) {
    int name = path.lastIndexOf('/') + 1;
    int dot = path.lastIndexOf('.');
    int end = dot > name ? dot : path.length();
    return path.substring(0, end) + " (conflict " + id + ")" + path.substring(end);
  }

  /// The file at a path.
  public Optional<Revision> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /// Where a file is shown.
  public Optional<String> path(FileId file) {
    return Optional.ofNullable(paths.get(file));
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
