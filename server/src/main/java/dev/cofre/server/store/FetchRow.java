package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// That a member fetched a content.
@MappedEntity("blob_fetch")
public record FetchRow(
    @Binary Bytes team,
    @Binary Bytes vault,
    @Binary Bytes member,
    @Binary Bytes blob,
    long first) {}
