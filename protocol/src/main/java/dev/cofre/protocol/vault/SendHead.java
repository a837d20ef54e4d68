package dev.cofre.protocol.vault;

/// Where a send of a vault stands by the vault's history alone.
///
/// @param expires until when it can be opened, in milliseconds since 1970
public record SendHead(long expires, State state) {
  /// Whether a change has ended it.
  public enum State {
    /// None has.
    OPEN,
    /// It was ended, or a revision that it hands out was purged.
    ENDED
  }

  /// Whether a change has ended it.
  public boolean ended() {
    return state == State.ENDED;
  }
}
