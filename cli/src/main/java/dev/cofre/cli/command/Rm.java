package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Place;
import dev.cofre.cli.terminal.Table;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.FileEntry;
import dev.cofre.client.Recursion;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Deletes files, and directories with everything below them. Kept versions can be restored.
@Command
final class Rm extends Verb {
  @Parameters(arity = "1..*", paramLabel = "VAULT:/PATH")
  private List<String> paths = new ArrayList<>();

  @Option(names = "--dry-run")
  private boolean dryRun;

  @Override
  public Exit run(Run run) throws CofreException {
    Map<String, List<Place.InVault>> places = Globs.byVault(paths, run.texts());
    Map<Vault, List<String>> doomed = new LinkedHashMap<>();
    List<Doomed> shown = new ArrayList<>();
    for (Map.Entry<String, List<Place.InVault>> entry : places.entrySet()) {
      Vault vault = run.vault(entry.getKey());
      List<String> named = new ArrayList<>();
      for (Place.InVault place : entry.getValue()) {
        named.addAll(Globs.expand(run, vault, place));
      }
      doomed.put(vault, named);
      List<FileEntry> all = vault.list("/", Recursion.DEEP);
      for (String path : named) {
        List<Doomed> below = below(all, path);
        if (below.isEmpty()) {
          throw run.texts().halt(Exit.NOT_FOUND, "no-match", Visible.of(path));
        }
        shown.addAll(below);
      }
    }
    if (dryRun) {
      run.terminal().results(shown, () -> table(run, shown));
      run.terminal().say("rm.would", shown.size());
      return Exit.DONE;
    }
    run.terminal().confirm("rm.ask", shown.size());
    Outcomes outcomes = Outcomes.of(run, "deleted");
    for (Map.Entry<Vault, List<String>> entry : doomed.entrySet()) {
      outcomes.add(entry.getKey().remove(entry.getValue()));
    }
    return outcomes.show();
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.PARTLY, Exit.NOT_FOUND, Exit.STOPPED, Exit.CONFLICT);
  }

  /// The file of that path, or the files below the directory.
  private static List<Doomed> below(List<FileEntry> all, String path) {
    String directory = path.endsWith("/") ? path : path + "/";
    return all.stream()
        .filter(file -> file.path().equals(path) || file.path().startsWith(directory))
        .map(file -> new Doomed(file.path(), file.size()))
        .toList();
  }

  private static Table table(Run run, List<Doomed> shown) {
    Table table = Table.rightAligned(0);
    shown.forEach(file -> table.row(run.terminal().figures().size(file.bytes()), file.path()));
    return table;
  }

  private record Doomed(String path, long bytes) {}
}
