package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// Wraps of one commit's records for one recipient, by one sender over one channel.
@MappedEntity("bundle")
public record BundleRow(
    @Binary Bytes team,
    @Binary Bytes vault,
    @Binary Bytes recipient,
    long seq,
    long number,
    @Binary Bytes sender,
    @Binary Bytes channel,
    int wraps,
    int size,
    @Binary Bytes body) {}
