package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Table;
import dev.cofre.cli.terminal.Texts;
import dev.cofre.client.Team;
import dev.cofre.client.TeamMember;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows one member: role, vaults, and the code to compare with them.
@Command
final class MemberShow extends Verb {
  @Parameters(paramLabel = "MEMBER")
  private String named = "";

  @Override
  public Exit run(Run run) throws CofreException {
    Team team = run.cofre().team();
    TeamMember member = team.member(named);
    VaultNames names = VaultNames.of(run);
    Map<String, VaultRole> vaults = new TreeMap<>();
    member.vaults().forEach((vault, role) -> vaults.put(names.of(vault), role));
    boolean other = !member.id().equals(run.cofre().whoAmI().member());
    boolean comparable = other && member.standing() == Standing.CONFIRMED;
    List<String> words =
        member.standing() == Standing.WAITING ? team.joinWords(member.id()) : List.of();
    Shown shown =
        new Shown(
            member.id(),
            member.name(),
            member.email(),
            member.role(),
            member.standing(),
            member.joined(),
            vaults,
            comparable ? Optional.of(team.comparisonCode(member.id())) : Optional.empty(),
            words);
    run.terminal().result(shown, () -> lines(run, shown));
    return Exit.DONE;
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND);
  }

  private static List<String> lines(Run run, Shown shown) {
    Texts texts = run.texts();
    Table table =
        Table.left()
            .row(texts.say("label.member"), shown.name())
            .row(texts.say("label.email"), shown.email())
            .row(texts.say("label.id"), shown.memberId().hex())
            .row(texts.say("label.role"), Words.of(texts, shown.role()))
            .row(texts.say("label.standing"), Words.of(texts, shown.standing()))
            .row(texts.say("label.since"), run.terminal().figures().moment(shown.joined()));
    shown
        .vaults()
        .forEach((vault, role) ->
            table.row(texts.say("label.vault"), vault + ": " + Words.of(texts, role)));
    shown.comparisonCode().ifPresent(code -> table.row(texts.say("label.code"), code));
    if (!shown.words().isEmpty()) {
      table.row(texts.say("label.words"), String.join(" ", shown.words()));
    }
    return table.lines();
  }

  private record Shown(
      MemberId memberId,
      String name,
      String email,
      TeamRole role,
      Standing standing,
      Instant joined,
      Map<String, VaultRole> vaults,
      Optional<String> comparisonCode,
      List<String> words) {}
}
