package dev.cofre.server.store;

import io.micronaut.core.annotation.Introspected;

/// The place of a revision.
@Introspected
public record PlaceRow(long seq, int slot) {}
