package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// A nonce that waits to be signed.
@MappedEntity("challenge")
public record ChallengeRow(
    @Binary Bytes team, @Binary Bytes nonce, @Binary Bytes subject, long expires) {}
