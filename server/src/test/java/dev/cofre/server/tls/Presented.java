package dev.cofre.server.tls;

import dev.cofre.server.tls.Authority.Served;
import dev.cofre.server.tls.Authority.Term;
import java.io.IOException;
import java.security.GeneralSecurityException;

/// What a server at `localhost` shows of itself to somebody who trusts one authority.
public enum Presented {
  /// The only one to be taken.
  RIGHT,
  OF_ANOTHER_HOST,
  EXPIRED,
  NOT_YET_VALID,
  SELF_SIGNED,
  OF_ANOTHER_AUTHORITY;

  /// A new key with such a certificate.
  public Served by(Authority trusted) throws GeneralSecurityException, IOException {
    return switch (this) {
      case RIGHT -> trusted.issue("localhost", Term.NOW);
      case OF_ANOTHER_HOST -> trusted.issue("cofre.example", Term.NOW);
      case EXPIRED -> trusted.issue("localhost", Term.OVER);
      case NOT_YET_VALID -> trusted.issue("localhost", Term.LATER);
      case SELF_SIGNED -> Authority.selfSigned("localhost");
      case OF_ANOTHER_AUTHORITY -> Authority.named("Another").issue("localhost", Term.NOW);
    };
  }
}
