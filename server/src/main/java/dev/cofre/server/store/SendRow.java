package dev.cofre.server.store;

import dev.cofre.protocol.Bytes;
import io.micronaut.data.annotation.MappedEntity;

/// A send: contents that leave the team by a link.
@MappedEntity("send")
public record SendRow(
    @Binary Bytes team,
    @Binary Bytes vault,
    @Binary Bytes send,
    @Binary Bytes author,
    @Binary Bytes access,
    @Binary Bytes preface,
    @Binary Bytes manifest,
    @Binary Bytes sealed,
    @Binary Bytes passcode,
    long opens,
    long used,
    int wrong,
    long paused,
    long expires,
    long ended) {}
