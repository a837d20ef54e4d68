package dev.cofre.protocol.vault;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.RevisionId;
import java.util.Optional;

/// What whoever opens a send must meet; the server sees to it.
///
/// @param expires until when it can be opened, in milliseconds since 1970 by the server's clock
/// @param opens how often, from 1 on; without a number as often as one likes
/// @param passcode SHA-256 of the proof of the passcode, if there is one
/// @param email salted hash of the e-mail address that must be shown to be theirs
/// @param agreement what must be signed first
public record SendTerms(
    long expires,
    Optional<Long> opens,
    Optional<Hash> passcode,
    Optional<Hash> email,
    Optional<Agreement> agreement) {
  /// Refuses a limit that is none.
  public SendTerms {
    if (opens.isPresent() && opens.get() < 1) {
      throw new IllegalArgumentException("a limit of no openings");
    }
  }

  /// An agreement: the revision of the vault that holds its text, and the SHA-256 of that text.
  public record Agreement(RevisionId revision, Hash text) {}
}
