package dev.cofre.client.hostile;

import java.util.function.BiFunction;

/// One lie about the answers of one route.
///
/// @param name what is done to which field
/// @param aftermath how it may be once the server is honest
/// @param lie tells it from now on to one client
record Mutation(String name, Aftermath aftermath, Lie lie) {
  /// What a device does when the server shows the truth again.
  enum Aftermath {
    /// It goes on.
    GOES_ON,
    /// It goes on, or says that the server has lost what it took from it in the meantime.
    MAY_MISS_SOMETHING
  }

  /// Begins to lie.
  interface Lie {
    void begin(EvilServer server, Line line);
  }

  /// Another answer in place of each honest one, of whatever status.
  static Mutation answer(Drive drive, String name, BiFunction<Received, Answer, Answer> change) {
    return new Mutation(
        name,
        Aftermath.GOES_ON,
        (server, _) ->
            server.on(drive.route(), (request, honest) -> change.apply(request, honest)));
  }
}
