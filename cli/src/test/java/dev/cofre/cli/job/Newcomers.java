package dev.cofre.cli.job;

import dev.cofre.cli.Main;
import dev.cofre.cli.demo.Actor;
import java.nio.file.Path;
import java.time.InstantSource;

/// A program in which somebody new registers a team at each of some addresses. Prints a line `ADDRESS EXIT` for each.
final class Newcomers {
  private Newcomers() {}

  /// Takes a directory for all of them, and the addresses.
  public static void main(String[] words) throws Exception {
    for (int i = 1; i < words.length; i++) {
      Actor ana =
          new Actor(
              (shell, typed) -> Main.run(typed, shell),
              InstantSource.system(),
              Path.of(words[0]).resolve("ana" + i),
              "of a newcomer, quite long",
              "en");
      Actor.Answer answer =
          ana.run(
              "team",
              "create",
              "Team",
              "--server",
              words[i],
              "--name",
              "Ana Silva",
              "--email",
              "ana@example.com");
      System.out.println(words[i] + " " + answer.exit());
      System.err.print(answer.err());
    }
  }
}
