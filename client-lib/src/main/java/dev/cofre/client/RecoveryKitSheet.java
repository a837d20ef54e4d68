package dev.cofre.client;

import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.TeamId;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/// What a recovery kit is printed from: 24 words, and the place they belong to. `code` is all of it in the form that
/// [Cofre#restore] reads, free of any language. Whoever has it, has the member's keys.
public record RecoveryKitSheet(
    List<String> words,
    URI server,
    TeamId team,
    String teamName,
    String memberName,
    DeviceId device,
    Head head,
    Instant printed,
    String code) {
  /// Copies the list.
  public RecoveryKitSheet {
    words = List.copyOf(words);
  }

  @Override
  public String toString() {
    return "RecoveryKitSheet[" + device + "]";
  }
}
