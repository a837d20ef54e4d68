package dev.cofre.server.store;

import io.micronaut.core.annotation.Introspected;

/// How much a recipient has of a commit: bundles, their bytes, and the channels among them.
@Introspected
public record ExtentRow(long seq, long size, long bundles, long channels) {}
