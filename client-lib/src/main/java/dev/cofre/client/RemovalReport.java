package dev.cofre.client;

import dev.cofre.protocol.MemberId;
import java.time.Instant;

/// What a removal did: closed for the future since `closedAt`; `versionsReencrypted` of `versionsTotal` versions sealed again
/// so far; `filesFetchedBefore` files that the member had fetched, as far as the server says.
public record RemovalReport(
    MemberId member,
    Instant closedAt,
    long versionsTotal,
    long versionsReencrypted,
    long filesFetchedBefore) {}
