package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.Person;

/// A member's name and e-mail address as typed.
final class Persons {
  private Persons() {}

  static Person of(Run run, String name, String email) {
    if (name.isBlank() || name.length() > 200) {
      throw run.texts().halt(Exit.USAGE, "person-name");
    }
    if (!email.isEmpty() && (!email.contains("@") || email.length() > 254)) {
      throw run.texts().halt(Exit.USAGE, "person-email", Visible.of(email));
    }
    return new Person(name.strip(), email);
  }
}
