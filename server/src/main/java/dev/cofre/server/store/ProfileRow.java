package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// A name and an e-mail address.
@MappedEntity("profile")
public record ProfileRow(
    @Binary Bytes team, @Binary Bytes hash, @Binary Bytes salt, String name, String email) {}
