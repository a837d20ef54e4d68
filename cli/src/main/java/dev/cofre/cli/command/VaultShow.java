package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Table;
import dev.cofre.cli.terminal.Texts;
import dev.cofre.client.FileEntry;
import dev.cofre.client.Recursion;
import dev.cofre.client.Vault;
import dev.cofre.client.VaultMember;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows a vault and who is in it.
@Command
final class VaultShow extends Verb {
  @Parameters(paramLabel = "VAULT")
  private String named = "";

  @Override
  public Exit run(Run run) throws CofreException {
    Vault vault = run.vault(named);
    List<FileEntry> files = vault.list("/", Recursion.DEEP);
    Shown shown =
        new Shown(
            vault.id(),
            vault.name(),
            vault.formerName(),
            vault.role(),
            vault.head().seq(),
            vault.head().hash(),
            files.size(),
            files.stream().mapToLong(FileEntry::size).sum(),
            vault.unreadable().size(),
            vault.newsOfOthers(),
            vault.members().stream().map(Person::of).toList());
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
            .row(texts.say("label.vault"), Words.vault(texts, shown.name(), shown.formerName()))
            .row(texts.say("label.id"), shown.vaultId().hex())
            .row(texts.say("label.role"), shown.role().map(r -> Words.of(texts, r)).orElse("-"))
            .row(texts.say("label.head"), shown.commits() + " " + shown.head().hex())
            .row(texts.say("label.files"), shown.files())
            .row(texts.say("label.size"), run.terminal().figures().size(shown.bytes()));
    shown
        .newsOfOthers()
        .ifPresent(
            time -> table.row(texts.say("label.news"), run.terminal().figures().moment(time)));
    if (shown.unreadable() > 0) {
      table.row(texts.say("label.unreadable"), shown.unreadable());
    }
    for (Person member : shown.members()) {
      String until =
          member
              .until()
              .map(end -> run.terminal().figures().moment(end.minus(Duration.ofMinutes(1))))
              .map(last -> " " + texts.say("vault.until", last))
              .orElse("");
      table.row(
          texts.say("label.member"), member.name() + ": " + Words.of(texts, member.role()) + until);
    }
    return table.lines();
  }

  private record Shown(
      VaultId vaultId,
      String name,
      Optional<String> formerName,
      Optional<VaultRole> role,
      long commits,
      Hash head,
      int files,
      long bytes,
      int unreadable,
      Optional<Instant> newsOfOthers,
      List<Person> members) {}

  private record Person(MemberId memberId, String name, VaultRole role, Optional<Instant> until) {
    static Person of(VaultMember member) {
      return new Person(member.id(), member.name(), member.role(), member.until());
    }
  }
}
