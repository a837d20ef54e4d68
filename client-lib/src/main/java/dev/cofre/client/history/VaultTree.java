package dev.cofre.client.history;

import dev.cofre.protocol.FileId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
  private final Map<FileId, String> paths = new HashMap<>();

  /// A file's wish for a path; `shown` is absent if its current version cannot be read.
  private record Claim(Revision.Place since, String path, Optional<Revision> shown) {}

  VaultTree(VaultIndex index) {
    List<Claim> claims = new ArrayList<>();
    for (FileId file : index.fileIds()) {
      index.current(file).flatMap(r -> claim(r, index.versions(file))).ifPresent(claims::add);
    }
    claims.sort(Comparator.comparing(Claim::since));
    Set<String> taken = new HashSet<>();
    List<Revision> late = new ArrayList<>();
    for (Claim claim : claims) {
      boolean keeps = taken.add(claim.path());
      claim
          .shown()
          .ifPresent(revision -> {
            if (keeps) {
              show(claim.path(), revision);
            } else {
              late.add(revision);
            }
          });
    }
    for (Revision revision : late) {
      String path = pathOf(revision).orElse("");
      Iterator<String> marks = marks(revision.file()).iterator();
      String shown = marked(path, marks.next());
      while (!taken.add(shown)) {
        shown = marked(path, marks.next());
      }
      show(shown, revision);
    }
  }

  private void show(String path, Revision revision) {
    byPath.put(path, revision);
    paths.put(revision.file(), path);
  }

  private static Optional<Claim> claim(Revision current, List<Revision> versions) {
    return versions.reversed().stream()
        .flatMap(version -> pathOf(version).stream())
        .findFirst()
        .map(path ->
            new Claim(
                versions.getFirst().place(),
                path,
                Optional.of(current).filter(Revision::readable)));
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
