package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Place;
import dev.cofre.cli.terminal.Table;
import dev.cofre.client.FileEntry;
import dev.cofre.client.Recursion;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.VaultId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists a directory of a vault, or the vaults.
@Command
final class Ls extends Verb {
  @Parameters(arity = "0..1", paramLabel = "VAULT:/DIR")
  private @Nullable String directory;

  @Option(names = "-l")
  private boolean details;

  @Option(names = {"-R", "--recursive"})
  private boolean recursive;

  @Override
  public Exit run(Run run) throws CofreException {
    if (directory == null) {
      return vaults(run);
    }
    String typed = directory.contains(":") ? directory : directory + ":/";
    Place.InVault place =
        Place.parseInVault(typed.endsWith(":") ? typed + "/" : typed, run.texts());
    Vault vault = run.vault(place.vault());
    List<FileLine> lines = lines(run, vault, place);
    run.terminal().results(lines, () -> FileLine.table(run, lines, details));
    if (!vault.unreadable().isEmpty()) {
      run.terminal().warn("ls.unreadable", vault.unreadable().size());
    }
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND);
  }

  /// A file is listed by its own name, too, and goes before wildcards.
  private List<FileLine> lines(Run run, Vault vault, Place.InVault place) throws CofreException {
    Optional<FileEntry> file = vault.at(place.path());
    if (file.isPresent() || place.isPattern()) {
      List<FileEntry> files =
          file.isPresent() ? List.of(file.get()) : Globs.find(run, vault, place.path());
      return files.stream().map(FileLine::of).toList();
    }
    Stream<FileLine> files =
        vault.list(place.path(), recursive ? Recursion.DEEP : Recursion.FLAT).stream()
            .map(FileLine::of);
    Stream<FileLine> directories =
        recursive
            ? Stream.empty()
            : vault.directories(place.path()).stream().map(FileLine::ofDirectory);
    return Stream.concat(directories, files).sorted(Comparator.comparing(FileLine::path)).toList();
  }

  private static Exit vaults(Run run) throws CofreException {
    List<VaultLine> lines =
        run.cofre().vaults().stream()
            .map(vault -> new VaultLine(vault.name() + ":/", "vault", vault.id()))
            .toList();
    run.terminal()
        .results(
            lines,
            () -> {
              Table table = Table.left();
              lines.forEach(line -> table.row(line.path()));
              return table;
            });
    return Exit.DONE;
  }

  private record VaultLine(String path, String type, VaultId vaultId) {}
}
