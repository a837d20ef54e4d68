package dev.cofre.client;

import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import java.time.Instant;

/// One verified entry of the team log. `time` is the author's clock.
public record EntryLine(
    long seq,
    Hash hash,
    Instant time,
    MemberId author,
    String authorName,
    DeviceId device,
    Body body) {
  static EntryLine of(Signed<Entry> signed, String authorName) {
    Entry entry = signed.value();
    return new EntryLine(
        entry.seq(),
        signed.hash(),
        Instant.ofEpochMilli(entry.time()),
        entry.author(),
        authorName,
        entry.device(),
        entry.body());
  }
}
