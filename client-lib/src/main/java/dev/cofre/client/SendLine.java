package dev.cofre.client;

import dev.cofre.client.format.SendDescription;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.vault.SendTerms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A send of a vault, as its history says.
///
/// @param time when it was made, by its author's clock
/// @param expires until when it can be opened
/// @param terms what whoever opens it must meet, as when it was made
/// @param state whether it can still be opened, as far as the history says
/// @param description what its author says of it, once that can be read
/// @param paths of the vault's files that it hands out, as their versions say
/// @param others how many contents it hands out that are no files of the vault
public record SendLine(
    SendId id,
    MemberId author,
    String authorName,
    Instant time,
    Instant expires,
    SendTerms terms,
    State state,
    Optional<SendDescription> description,
    List<String> paths,
    int others) {
  /// Whether it can still be opened. That it was opened as often as it may be only the server knows.
  public enum State {
    /// It can.
    OPEN,
    /// Its time is over, by this device's clock.
    EXPIRED,
    /// It was ended, or ended with the right of whoever made it, or with a purge.
    ENDED
  }

  /// Copies the list.
  public SendLine {
    paths = List.copyOf(paths);
  }
}
