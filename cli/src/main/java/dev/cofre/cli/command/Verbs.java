package dev.cofre.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine;

/// Every verb under its name. A verb's class is loaded only when it is needed, because start-up is felt at each command.
public final class Verbs {
  /// A name, what it stands for, and the names below it.
  ///
  /// @param topic under which heading the first page of help shows it; empty where it is not shown
  record Named(String name, String topic, Supplier<Verb> verb, List<Named> below) {
    CommandLine commandLine() {
      CommandLine line = new CommandLine(verb.get());
      line.getCommandSpec().name(name);
      for (Named lower : below) {
        line.addSubcommand(lower.name(), lower.commandLine());
      }
      return line;
    }
  }

  static final List<String> TOPICS = List.of("start", "people", "files", "trust", "machine");

  static final List<Named> ALL =
      List.of(
          verb("demo", "start", DemoShow::new),
          verb("server", "start", ServerStart::new),
          group(
              "team",
              "start",
              below("create", TeamCreate::new),
              below("show", TeamShow::new),
              below("log", TeamLog::new),
              below("verify", TeamVerify::new)),
          verb(
              "invite",
              "start",
              Invite::new,
              below("list", InviteList::new),
              below("cancel", InviteCancel::new)),
          verb("join", "start", Join::new),
          group(
              "member",
              "people",
              below("list", MemberList::new),
              below("show", MemberShow::new),
              below("confirm", MemberConfirm::new),
              below("role", MemberRole::new),
              below("remove", MemberRemove::new)),
          group(
              "device",
              "people",
              below("list", DeviceList::new),
              below("add", DeviceAdd::new),
              below("revoke", DeviceRevoke::new)),
          group("kit", "people", below("print", KitPrint::new), below("restore", KitRestore::new)),
          group(
              "vault",
              "people",
              below("create", VaultCreate::new),
              below("list", VaultList::new),
              below("show", VaultShow::new),
              below("grant", VaultGrant::new),
              below("revoke", VaultRevoke::new),
              below("reencrypt", VaultReencrypt::new)),
          verb("put", "files", Put::new),
          verb("get", "files", Get::new),
          verb("ls", "files", Ls::new),
          verb("find", "files", Find::new),
          verb("mv", "files", Mv::new),
          verb("rm", "files", Rm::new),
          verb("restore", "files", Restore::new),
          verb("history", "files", History::new),
          verb("export", "files", Export::new),
          verb(
              "send",
              "files",
              SendOut::new,
              below("list", SendList::new),
              below("show", SendShow::new),
              below("revoke", SendRevoke::new),
              below("extend", SendExtend::new)),
          verb("receive", "start", Receive::new),
          verb("log", "trust", Log::new),
          verb("verify", "trust", Verify::new),
          verb("whoami", "people", ShowMe::new),
          verb("status", "machine", Status::new),
          verb("doctor", "machine", Doctor::new),
          verb("unlock", "machine", Unlock::new),
          verb("lock", "machine", Lock::new),
          verb("passphrase", "machine", PassphraseChange::new),
          verb("completion", "machine", Completion::new),
          verb("man", "machine", Man::new));

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private Verbs() {}

  /// The parser of the whole command line, or only of one verb of it when that is known.
  static CommandLine parser(Common common, Optional<String> only) {
    CommandLine root = new CommandLine(common);
    List<Named> wanted =
        ALL.stream().filter(named -> only.isPresent() && named.name().equals(only.get())).toList();
    for (Named named : wanted.isEmpty() ? ALL : wanted) {
      root.addSubcommand(named.name(), named.commandLine());
    }
    return root.registerConverter(Integer.class, Verbs::number)
        .setAbbreviatedOptionsAllowed(false)
        .setOptionsCaseInsensitive(false);
  }

  /// A number in the digits 0 to 9, without a sign.
  private static Integer number(String typed) {
    if (!NUMBER.matcher(typed).matches()) {
      throw new CommandLine.TypeConversionException("not a number");
    }
    return Integer.valueOf(typed);
  }

  private static Named verb(String name, String topic, Supplier<Verb> verb, Named... below) {
    return new Named(name, topic, verb, List.of(below));
  }

  private static Named group(String name, String topic, Named... below) {
    return new Named(name, topic, Group::new, List.of(below));
  }

  private static Named below(String name, Supplier<Verb> verb) {
    return new Named(name, "", verb, List.of());
  }
}
