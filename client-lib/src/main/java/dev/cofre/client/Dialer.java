package dev.cofre.client;

import dev.cofre.client.remote.HttpRemote;
import dev.cofre.client.remote.Limits;
import dev.cofre.client.remote.LoginSigner;
import dev.cofre.client.remote.Network;
import dev.cofre.client.remote.Origin;
import dev.cofre.client.remote.Server;
import java.util.Optional;

/// How to reach a server.
@FunctionalInterface
public interface Dialer {
  /// The server at an origin, with a login that happens when first needed, or without.
  Server dial(Origin origin, Optional<LoginSigner> signer);

  /// The same, but contents go no faster than this; what has no notion of speed stays as it is.
  default Dialer limited(Limits limits) {
    return this;
  }

  /// Over HTTP.
  static Dialer http(Network network) {
    return new Dialer() {
      @Override
      public Server dial(Origin origin, Optional<LoginSigner> signer) {
        return signer.isPresent()
            ? HttpRemote.loggingIn(origin, signer.get(), network)
            : HttpRemote.anonymous(origin, network);
      }

      @Override
      public Dialer limited(Limits limits) {
        return http(network.limited(limits));
      }
    };
  }
}
