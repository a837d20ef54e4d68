package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// A commit, as signed.
@MappedEntity("vault_commit")
public record CommitRow(
    @Binary Bytes team,
    @Binary Bytes vault,
    long seq,
    @Binary Bytes hash,
    @Binary Bytes author,
    @Binary Bytes device,
    @Binary Bytes payload,
    @Binary Bytes signature,
    int puts,
    int size,
    long received) {}
