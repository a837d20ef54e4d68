package dev.cofre.server.store;

import io.micronaut.core.annotation.Introspected;

/// Which commits a bundle has wraps of, and how long it is.
@Introspected
public record ExtentRow(long number, long fromSeq, long toSeq, int size) {}
