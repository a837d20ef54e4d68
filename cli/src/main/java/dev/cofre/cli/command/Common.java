package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Terminal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// What every verb understands.
@Command(name = "cofre")
final class Common {
  @Option(names = "--json", scope = ScopeType.INHERIT)
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT)
  private boolean quiet;

  @Option(
      names = {"-y", "--yes"},
      scope = ScopeType.INHERIT)
  private boolean yes;

  @Option(names = "--lang", paramLabel = "LANGUAGE", scope = ScopeType.INHERIT)
  private @Nullable String language;

  @Option(names = "--passphrase-file", paramLabel = "FILE", scope = ScopeType.INHERIT)
  private @Nullable String passphraseFile;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true)
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true)
  private boolean version;

  Terminal.Manner manner() {
    return new Terminal.Manner(json, quiet, yes, Optional.ofNullable(passphraseFile));
  }

  Optional<String> language() {
    return Optional.ofNullable(language);
  }

  boolean help() {
    return help;
  }

  boolean version() {
    return version;
  }
}
