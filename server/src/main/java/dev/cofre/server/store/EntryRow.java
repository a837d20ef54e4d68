package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// An entry of a team log, as signed.
@MappedEntity("entry")
public record EntryRow(
    @Binary Bytes team,
    long seq,
    @Binary Bytes hash,
    @Binary Bytes payload,
    @Binary Bytes signature,
    long received) {}
