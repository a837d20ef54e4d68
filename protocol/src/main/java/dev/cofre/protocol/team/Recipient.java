package dev.cofre.protocol.team;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;

/// Somebody for whom the keys of a vault's records are wrapped: their X-Wing public key, 1216 bytes, and its SHA-256.
public record Recipient(MemberId member, Bytes memberKey, Hash keyHash) {}
