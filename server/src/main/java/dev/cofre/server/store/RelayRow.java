package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// A slot for one message.
@MappedEntity("relay")
public record RelayRow(
    @Binary Bytes team,
    @Binary Bytes relay,
    @Binary Bytes member,
    @Binary Bytes body,
    long expires) {}
