package dev.cofre.client;

import dev.cofre.protocol.InviteId;
import java.time.Instant;

/// An invitation just made. The link holds its secret: it goes to the newcomer by another way than the server, and is not
/// kept anywhere.
public record NewInvitation(String link, InviteId invite, Instant expires) {
  @Override
  public String toString() {
    return "NewInvitation[" + invite + "]";
  }
}
