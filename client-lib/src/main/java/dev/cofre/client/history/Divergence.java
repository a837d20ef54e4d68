package dev.cofre.client.history;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.signed.SignedBytes;
import java.util.Optional;

/// Where a chain that a server shows now leaves the one that this device has verified: the first place at which they differ, found in as
/// many questions as the chain's length has binary digits.
record Divergence(long seq, SignedBytes shown) {
  /// A chain as the server shows it now.
  interface Shown {
    Optional<SignedBytes> at(long seq) throws CofreException;
  }

  /// A chain as this device has verified it.
  interface Verified {
    Hash at(long seq);
  }

  /// The first difference up to a place at which they are said to differ, given that they agree at 0; absent when the server does not
  /// show what it speaks of.
  static Optional<Divergence> find(Label label, long differing, Verified ours, Shown theirs)
      throws CofreException {
    long agreed = 0;
    long differs = differing;
    Optional<SignedBytes> found = differs == 0 ? Optional.empty() : ask(theirs, differs);
    while (found.isPresent() && differs - agreed > 1) {
      long middle = agreed + (differs - agreed) / 2;
      Optional<SignedBytes> shown = ask(theirs, middle);
      if (shown.isPresent() && shown.get().hash(label).equals(ours.at(middle))) {
        agreed = middle;
      } else {
        differs = middle;
        found = shown;
      }
    }
    long seq = differs;
    return found
        .filter(shown -> !shown.hash(label).equals(ours.at(seq)))
        .map(shown -> new Divergence(seq, shown));
  }

  private static Optional<SignedBytes> ask(Shown theirs, long seq) throws CofreException {
    try {
      return theirs.at(seq);
    } catch (Refused | Unreachable _) {
      return Optional.empty();
    }
  }
}
