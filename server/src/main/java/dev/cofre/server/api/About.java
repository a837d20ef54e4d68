package dev.cofre.server.api;

import dev.cofre.protocol.api.ServerInfo;
import dev.cofre.server.access.Origin;
import dev.cofre.server.domain.Registration;
import jakarta.inject.Singleton;
import java.util.Optional;

/// What the server says about itself.
@Singleton
class About {
  private static final String UNRELEASED = "0.1.0";

  private final Origin origin;
  private final Registration registration;

  About(Origin origin, Registration registration) {
    this.origin = origin;
    this.registration = registration;
  }

  ServerInfo info() {
    String version =
        Optional.ofNullable(About.class.getPackage().getImplementationVersion()).orElse(UNRELEASED);
    return new ServerInfo(version, origin.value(), registration.mode());
  }
}
