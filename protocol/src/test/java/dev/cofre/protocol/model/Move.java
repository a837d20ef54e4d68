package dev.cofre.protocol.model;

import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Rule;
import java.util.EnumSet;
import java.util.Set;

/// What somebody is about to do: the entry's author, device and time, its body, every rule that the model says it breaks, and what it
/// does to the model if there is none.
final class Move {
  /// How the entry is signed.
  enum Signing {
    RIGHT,
    BY_ANOTHER
  }

  final int author;
  final int slot;
  final long time;
  final Signing signing;
  final Body body;
  final Set<Rule> broken = EnumSet.noneOf(Rule.class);
  private final Runnable effect;

  Move(
      int author,
      int slot,
      long time,
      Signing signing,
      Body body,
      Set<Rule> broken,
      Runnable effect) {
    this.author = author;
    this.slot = slot;
    this.time = time;
    this.signing = signing;
    this.body = body;
    this.broken.addAll(broken);
    this.effect = effect;
  }

  void happen() {
    effect.run();
  }

  @Override
  public String toString() {
    String what = body.getClass().getSimpleName();
    return what + " by " + author + "/" + slot + " at " + time + " breaks " + broken;
  }
}
