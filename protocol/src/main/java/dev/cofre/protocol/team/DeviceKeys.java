package dev.cofre.protocol.team;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.cbor.Length;

/// A device's public half: an Ed25519 key that signs, and an X-Wing key that only ever receives the member's seed.
public record DeviceKeys(
    DeviceId id,
    DeviceKind kind,
    @Length(min = 32, max = 32) Bytes signingKey,
    @Length(min = 1216, max = 1216) Bytes encryptionKey) {}
