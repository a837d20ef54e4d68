package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// A vault and the head of its history.
@MappedEntity("vault")
public record VaultRow(
    @Binary Bytes team,
    @Binary Bytes vault,
    long seq,
    @Binary Bytes hash,
    long teamSeq,
    long bundles) {}
