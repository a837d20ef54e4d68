package dev.cofre.client.remote;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.remote.Retries.AgainLater;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Sessions;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The caller's session, opened when first needed. The token is only ever in memory.
final class Session {
  private final LoginSigner signer;
  private final Conversation conversation;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Optional<String> token = Optional.empty();
  private volatile Sessions.Delivery delivery = Sessions.Delivery.PROXY;

  /// The two steps of logging in.
  interface Conversation {
    Sessions.Challenge challenge(TeamId team, Sessions.Ask ask) throws CofreException, AgainLater;

    Sessions.Opened open(TeamId team, Bytes nonce) throws CofreException, AgainLater;
  }

  Session(LoginSigner signer, Conversation conversation) {
    this.signer = signer;
    this.conversation = conversation;
  }

  /// The token there is, if any.
  Optional<String> current() {
    return token;
  }

  /// A token for a team, by logging in if need be.
  String token(TeamId team) throws CofreException, AgainLater {
    if (!team.equals(signer.team())) {
      throw new IllegalArgumentException("the session is for another team");
    }
    lock.lock();
    try {
      if (token.isEmpty()) {
        Bytes nonce = conversation.challenge(team, new Sessions.Ask(signer.subject())).nonce();
        Sessions.Opened opened = conversation.open(team, nonce);
        delivery = opened.delivery();
        token =
            Optional.of(
                Base64.getUrlEncoder().withoutPadding().encodeToString(opened.token().toArray()));
      }
      return token.get();
    } finally {
      lock.unlock();
    }
  }

  /// How the server says that large contents travel, by logging in if need be.
  Sessions.Delivery delivery(TeamId team) throws CofreException, AgainLater {
    token(team);
    return delivery;
  }

  /// Forgets a token that the server no longer knows, unless another thread has a new one already.
  void forget(String stale) {
    lock.lock();
    try {
      if (token.equals(Optional.of(stale))) {
        token = Optional.empty();
      }
    } finally {
      lock.unlock();
    }
  }
}
