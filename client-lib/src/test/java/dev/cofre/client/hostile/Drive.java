package dev.cofre.client.hostile;

import dev.cofre.protocol.api.Route;

/// The client operation that uses a route, before a copy of the [Stage].
///
/// @param route the route
/// @param lasts how much longer than others it takes, for which it is tried with fewer lies in an ordinary run
/// @param actor who does it
/// @param operation does it, and says whether what came out is right
record Drive(Route route, Lasting lasts, Cast actor, Operation operation) {
  /// How long it takes.
  enum Lasting {
    /// Some hundredths of a second.
    SHORT,
    /// A second, because it derives a key from a passphrase.
    LONG
  }

  /// Chooses somebody.
  interface Cast {
    Actor of(Stage.Play play) throws Exception;
  }

  /// What they do.
  interface Operation {
    boolean run(Stage.Play play, Actor actor) throws Exception;
  }

  Drive(Route route, Cast actor, Operation operation) {
    this(route, Lasting.SHORT, actor, operation);
  }
}
