package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// Wraps for one recipient.
@MappedEntity("bundle")
public record BundleRow(
    @Binary Bytes team,
    @Binary Bytes vault,
    @Binary Bytes recipient,
    long number,
    @Binary Bytes channel,
    long fromSeq,
    long toSeq,
    int wraps,
    int size,
    @Binary Bytes body) {}
