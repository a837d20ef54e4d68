package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Place;
import dev.cofre.cli.terminal.Texts;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.FileEntry;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a path in a vault stands for: itself, or the files that match its wildcards.
final class Globs {
  private Globs() {}

  /// The paths meant. A file whose name really holds the wildcards wins over what they would match.
  ///
  /// @throws dev.cofre.cli.terminal.Halt when wildcards match nothing
  static List<String> expand(Run run, Vault vault, Place.InVault place) throws CofreException {
    if (!place.isPattern() || vault.at(place.path()).isPresent()) {
      return List.of(place.path());
    }
    List<String> found = find(run, vault, place.path()).stream().map(FileEntry::path).toList();
    if (found.isEmpty()) {
      throw run.texts().halt(Exit.NOT_FOUND, "no-match", Visible.of(place.toString()));
    }
    return found;
  }

  /// The files that match a pattern that somebody typed.
  ///
  /// @throws dev.cofre.cli.terminal.Halt when the pattern is not complete
  static List<FileEntry> find(Run run, Vault vault, String pattern) throws CofreException {
    try {
      return vault.find(pattern);
    } catch (Malformed _) {
      throw run.texts().halt(Exit.USAGE, "pattern", Visible.of(pattern));
    }
  }

  /// Places in vaults, the vaults in the order in which they were first named.
  static Map<String, List<Place.InVault>> byVault(List<String> typed, Texts texts) {
    Map<String, List<Place.InVault>> places = new LinkedHashMap<>();
    for (String path : typed) {
      Place.InVault place = Place.parseInVault(path, texts);
      places.computeIfAbsent(place.vault(), _ -> new ArrayList<>()).add(place);
    }
    return places;
  }
}
