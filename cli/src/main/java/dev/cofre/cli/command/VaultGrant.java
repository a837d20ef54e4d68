package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.client.Recursion;
import dev.cofre.client.TeamMember;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.report.Change;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Gives a member a role in a vault, or changes it.
@Command
final class VaultGrant extends Verb {
  @Parameters(index = "0", paramLabel = "VAULT")
  private String named = "";

  @Parameters(index = "1", paramLabel = "MEMBER")
  private String to = "";

  @Option(names = "--role", paramLabel = "ROLE", required = true)
  private String role = "";

  @Option(names = "--until", paramLabel = "DATE")
  private @Nullable String until;

  @Option(names = "--dry-run")
  private boolean dryRun;

  @Override
  public Exit run(Run run) throws CofreException {
    VaultRole wanted = Words.vaultRole(run, role);
    Optional<Instant> end = Optional.ofNullable(until).map(date -> Spans.endOf(run, date));
    Vault vault = run.vault(named);
    TeamMember member = run.cofre().team().member(to);
    String word = Words.of(run.texts(), wanted);
    if (dryRun) {
      run.terminal()
          .say(
              "vault-grant.would",
              member.name(),
              word,
              vault.name(),
              vault.list("/", Recursion.DEEP).size());
      return Exit.DONE;
    }
    Change change = vault.grant(member.id(), wanted, end);
    run.terminal()
        .result(
            new Granted(vault.id(), member.id(), wanted, end, change),
            run.texts()
                .say(Words.outcome("vault-grant", change), member.name(), word, vault.name()));
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND, Exit.CONFLICT);
  }

  private record Granted(
      VaultId vaultId, MemberId memberId, VaultRole role, Optional<Instant> until, Change change) {}
}
