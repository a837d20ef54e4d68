package dev.cofre.protocol.team;

import dev.cofre.protocol.Head;
import dev.cofre.protocol.VaultRole;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// What a device of a member could do in a vault at a place of the team log: the role, and, where a later entry ended or
/// lowered that, the tightest vault head named for it. `last` bounds all writing, `lastAsManager` what only managers may do.
public record WriteRight(VaultRole role, Optional<Head> last, Optional<Head> lastAsManager) {
  /// Whether this allows the commit `seq` to do what needs the role `needed`, as far as the ends say.
  public boolean reaches(long seq, VaultRole needed) {
    Optional<Head> end = needed == VaultRole.MANAGER ? lastAsManager : last;
    return end.filter(head -> seq > head.seq()).isEmpty();
  }

  WriteRight within(Optional<Head> end) {
    return new WriteRight(role, tighter(last, end), tighter(lastAsManager, end));
  }

  private static Optional<Head> tighter(Optional<Head> one, Optional<Head> other) {
    return Stream.of(one, other).flatMap(Optional::stream).min(Comparator.comparingLong(Head::seq));
  }
}
