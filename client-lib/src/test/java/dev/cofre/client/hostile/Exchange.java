package dev.cofre.client.hostile;

import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sessions;
import java.util.Optional;

/// One request and both answers to it: the honest one and the one that was given.
///
/// @param who who had logged in
/// @param route what was asked, if that is of the protocol at all
record Exchange(
    Optional<Sessions.Subject> who,
    Optional<Route> route,
    Received request,
    Answer honest,
    Answer given) {
  /// What anybody on the way sees of the request: where it goes, and how large it is.
  String shape() {
    return route.orElseThrow() + " " + request.head().size() + " " + request.body().length();
  }

  boolean isOf(Route wanted) {
    return route.filter(wanted::equals).isPresent();
  }
}
