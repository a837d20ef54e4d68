package dev.cofre.client.send;

import dev.cofre.protocol.SendId;
import java.time.Instant;

/// A send just made. The link holds its key: it goes to the recipient by another way than the server, and is not kept anywhere.
public record NewSend(SendId id, String label, String link, Instant expires) {
  @Override
  public String toString() {
    return "NewSend[" + id + "]";
  }
}
