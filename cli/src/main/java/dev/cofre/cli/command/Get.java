package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Place;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Brings files and folders of a vault to this machine, or one file to standard output.
@Command
final class Get extends ContentVerb {
  @Parameters(arity = "1..*", paramLabel = "VAULT:/PATH")
  private List<String> paths = new ArrayList<>();

  @Option(names = "--version", paramLabel = "N")
  private @Nullable Integer version;

  @Override
  public Exit run(Run run) throws CofreException {
    List<String> wanted = new ArrayList<>(paths);
    String last = wanted.getLast();
    boolean named =
        wanted.size() > 1
            && (last.equals("-") || Place.parse(last, run.texts()) instanceof Place.Local);
    String target = named ? wanted.removeLast() : ".";
    Map<String, List<Place.InVault>> places = Globs.byVault(wanted, run.texts());
    if (target.equals("-")) {
      return toStandardOutput(run, places);
    }
    Path local = target(run, target);
    if (version != null) {
      return oneVersion(run, single(run, places), local);
    }
    Outcomes outcomes = Outcomes.ofTransfers(run);
    try (Transfer transfer = new Transfer(run.terminal())) {
      for (Map.Entry<String, List<Place.InVault>> entry : places.entrySet()) {
        Vault vault = run.vault(entry.getKey());
        List<String> files = new ArrayList<>();
        for (Place.InVault place : entry.getValue()) {
          files.addAll(Globs.expand(run, vault, place));
        }
        outcomes.add(vault.get(files, local, transfer));
      }
    }
    return outcomes.show();
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.PARTLY, Exit.NOT_FOUND);
  }

  private Exit oneVersion(Run run, Place.InVault place, Path target) throws CofreException {
    Vault vault = run.vault(place.vault());
    Outcomes outcomes = Outcomes.ofTransfers(run);
    try (Transfer transfer = new Transfer(run.terminal())) {
      outcomes.add(
          List.of(vault.get(place.path(), version == null ? 0 : version, target, transfer)));
    }
    return outcomes.show();
  }

  private Exit toStandardOutput(Run run, Map<String, List<Place.InVault>> places)
      throws CofreException {
    Place.InVault place = single(run, places);
    Vault vault = run.vault(place.vault());
    vault.read(place.path(), Optional.ofNullable(version), run.terminal().out());
    return Exit.DONE;
  }

  private static Place.InVault single(Run run, Map<String, List<Place.InVault>> places) {
    List<Place.InVault> all = places.values().stream().flatMap(List::stream).toList();
    if (all.size() != 1 || all.getFirst().isDirectory()) {
      throw run.texts().halt(Exit.USAGE, "get-one-file");
    }
    return all.getFirst();
  }

  /// A name that ends in a slash, or is a directory, is one to the client too.
  private static Path target(Run run, String typed) {
    Path path = run.terminal().shell().resolve(typed);
    Path parent = typed.endsWith("/") ? path : Objects.requireNonNullElse(path.getParent(), path);
    if (!Files.isDirectory(parent)) {
      throw run.texts().halt(Exit.NOT_FOUND, "directory-missing", Visible.of(parent.toString()));
    }
    return path;
  }
}
