package dev.cofre.server.domain;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.server.store.RelayRow;
import dev.cofre.server.store.RelayRows;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/// Slots through which a new device, which cannot log in yet, sends one message to another device of its member.
@Singleton
public class Relays {
  /// Longest message in bytes.
  public static final int MAX_LENGTH = 64 << 10;

  private static final Duration OPEN = Duration.ofMinutes(10);
  private static final int PER_MEMBER = 8;

  private final RelayRows rows;
  private final InstantSource clock;

  Relays(RelayRows rows, InstantSource clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /// Opens a slot for ten minutes. Repeating it is harmless.
  public void open(TeamId team, RelayId relay, MemberId member) {
    long now = clock.millis();
    Refusal.unless(
        rows.countOf(team.value(), member.value(), now) < PER_MEMBER,
        Problem.RATE_LIMITED,
        "too many open slots");
    long expires = now + OPEN.toMillis();
    rows.deleteExpired(now);
    int added = rows.insert(team.value(), relay.value(), member.value(), Bytes.EMPTY, expires);
    boolean mine =
        added == 1
            || rows.find(team.value(), relay.value(), now)
                .filter(r -> r.member().equals(member.value()))
                .isPresent();
    Refusal.unless(mine, Problem.ID_TAKEN, "this slot is another's");
  }

  /// Refuses as whoever fills it would be refused: looked at before a body is read.
  public void requireOpen(TeamId team, RelayId relay) {
    Refusal.unlessFound(rows.find(team.value(), relay.value(), clock.millis()));
  }

  /// Fills a slot, once.
  public void fill(TeamId team, RelayId relay, Bytes message) {
    Refusal.unless(message.length() > 0, Problem.MALFORMED, "an empty message");
    if (rows.fill(team.value(), relay.value(), message, clock.millis()) == 0) {
      RelayRow row =
          rows.find(team.value(), relay.value(), clock.millis()).orElseThrow(Refusal::notFound);
      Refusal.unless(row.body().equals(message), Problem.ID_TAKEN, "the slot is filled");
    }
  }

  /// What a member's slot was filled with.
  public Bytes read(TeamId team, RelayId relay, MemberId member) {
    return rows.find(team.value(), relay.value(), clock.millis())
        .filter(r -> r.member().equals(member.value()) && r.body().length() > 0)
        .map(RelayRow::body)
        .orElseThrow(Refusal::notFound);
  }
}
