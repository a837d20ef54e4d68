package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// Somebody who is logged in.
@MappedEntity("session")
public record SessionRow(
    @Binary Bytes team, @Binary Bytes token, @Binary Bytes subject, long expires) {}
