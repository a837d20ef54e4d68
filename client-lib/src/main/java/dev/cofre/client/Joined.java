package dev.cofre.client;

import dev.cofre.protocol.team.Standing;
import java.util.List;

/// What joining gave: the open client, the eight words to compare with the inviter (or the other device), and whether this is
/// a member already. The caller closes `cofre`.
public record Joined(Cofre cofre, List<String> words, Standing standing) {
  /// Copies the list.
  public Joined {
    words = List.copyOf(words);
  }
}
