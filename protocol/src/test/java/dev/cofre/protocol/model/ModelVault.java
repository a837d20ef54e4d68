package dev.cofre.protocol.model;

import dev.cofre.protocol.team.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A vault's history as a list of what was done to each file, everything else looked up by going through it. Files and revisions by
/// number; file 0 is the vault's name.
final class ModelVault {
  static final int NAME = 0;

  /// What a commit does to a file. For a purge `revision` is what is purged.
  record Deed(Kind kind, int file, int revision, int previous, boolean blob) {}

  enum Kind {
    PUT,
    DELETE,
    PURGE
  }

  /// Everything ever done, in order.
  final List<Deed> deeds = new ArrayList<>();

  long height;
  long lastTeamSeq;

  /// The revision that a file was last put as; -1 for a file that never was.
  int last(int file) {
    int last = -1;
    for (Deed deed : deeds) {
      if (deed.file() == file && deed.kind() == Kind.PUT) {
        last = deed.revision();
      }
    }
    return last;
  }

  boolean deleted(int file) {
    boolean deleted = false;
    for (Deed deed : deeds) {
      if (deed.file() == file && deed.kind() != Kind.PURGE) {
        deleted = deed.kind() == Kind.DELETE;
      }
    }
    return deleted;
  }

  boolean known(int revision) {
    return deeds.stream().anyMatch(d -> d.kind() == Kind.PUT && d.revision() == revision);
  }

  boolean purged(int revision) {
    return deeds.stream().anyMatch(d -> d.kind() == Kind.PURGE && d.revision() == revision);
  }

  boolean of(int file, int revision) {
    return deeds.stream()
        .anyMatch(d -> d.kind() == Kind.PUT && d.revision() == revision && d.file() == file);
  }

  /// The rules that a commit of these deeds breaks, beside those about its author.
  Set<Rule> broken(List<Deed> commit) {
    Set<Rule> broken = EnumSet.noneOf(Rule.class);
    Deed first = commit.getFirst();
    if (height == 0 && (first.kind() != Kind.PUT || first.file() != NAME)) {
      broken.add(Rule.NAME);
    }
    Map<Integer, Kind> files = new HashMap<>();
    Set<Integer> put = new HashSet<>();
    Set<Integer> purged = new HashSet<>();
    for (int i = 0; i < commit.size(); i++) {
      Deed deed = commit.get(i);
      boolean samePurge =
          i > 0
              && deed.kind() == Kind.PURGE
              && commit.get(i - 1).kind() == Kind.PURGE
              && commit.get(i - 1).file() == deed.file();
      if (!samePurge && files.put(deed.file(), deed.kind()) != null) {
        broken.add(Rule.TWICE);
      }
      switch (deed.kind()) {
        case PUT -> {
          if (!put.add(deed.revision())) {
            broken.add(Rule.TWICE);
          }
          brokenPut(deed, broken);
        }
        case DELETE -> brokenDelete(deed, broken);
        case PURGE -> {
          if (!purged.add(deed.revision())) {
            broken.add(Rule.TWICE);
          }
          brokenPurge(deed, broken);
        }
      }
    }
    return broken;
  }

  private void brokenPut(Deed deed, Set<Rule> broken) {
    if ((deed.file() == NAME) == deed.blob()) {
      broken.add(deed.file() == NAME ? Rule.NAME : Rule.BLOB);
    }
    if (deed.previous() != last(deed.file())) {
      broken.add(Rule.PREVIOUS);
    }
    if (known(deed.revision())) {
      broken.add(Rule.REVISION);
    }
  }

  private void brokenDelete(Deed deed, Set<Rule> broken) {
    if (deed.file() == NAME) {
      broken.add(Rule.NAME);
    }
    boolean live = last(deed.file()) >= 0 && !deleted(deed.file());
    if (!live || last(deed.file()) != deed.previous()) {
      broken.add(Rule.PREVIOUS);
    }
  }

  private void brokenPurge(Deed deed, Set<Rule> broken) {
    boolean needed = last(deed.file()) == deed.revision() && !deleted(deed.file());
    if (needed || !of(deed.file(), deed.revision()) || purged(deed.revision())) {
      broken.add(Rule.PURGE);
    }
  }
}
