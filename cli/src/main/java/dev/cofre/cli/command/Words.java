package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Texts;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.report.Change;
import dev.cofre.protocol.Id;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Roles and other small words, as people read and type them.
final class Words {
  private Words() {}

  static String shortId(Id id) {
    return id.hex().substring(0, 8);
  }

  static String of(Texts texts, Enum<?> constant) {
    return texts.say("word." + constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /// The key of the sentence that a command ends with: what was done, or that it was so before.
  static String outcome(String command, Change change) {
    return switch (change) {
      case MADE -> command + ".done";
      case NONE -> command + ".before";
    };
  }

  /// What a vault is called, and what it was called before where its name cannot be read.
  static String vault(Texts texts, String name, Optional<String> formerName) {
    return formerName.map(former -> texts.say("vault.formerly", name, former)).orElse(name);
  }

  static TeamRole teamRole(Run run, String typed) {
    return switch (typed.toLowerCase(Locale.ROOT)) {
      case "member", "membro" -> TeamRole.MEMBER;
      case "admin", "administrador", "administradora" -> TeamRole.ADMIN;
      case "owner", "proprietário", "proprietária" -> TeamRole.OWNER;
      default -> throw run.texts().halt(Exit.USAGE, "team-role", Visible.of(typed));
    };
  }

  static VaultRole vaultRole(Run run, String typed) {
    return switch (typed.toLowerCase(Locale.ROOT)) {
      case "viewer", "leitor", "leitora" -> VaultRole.VIEWER;
      case "editor", "editora" -> VaultRole.EDITOR;
      case "manager", "gestor", "gestora" -> VaultRole.MANAGER;
      default -> throw run.texts().halt(Exit.USAGE, "vault-role", Visible.of(typed));
    };
  }

  /// The words that two people compare, four to a line.
  static List<String> inLines(List<String> words) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < words.size(); i += 4) {
      lines.add("  " + String.join(" ", words.subList(i, Math.min(i + 4, words.size()))));
    }
    return lines;
  }
}
