package dev.cofre.client;

import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultRole;
import java.time.Instant;
import java.util.Optional;

/// Somebody's role in a vault, and the date until which the server serves it.
public record VaultMember(MemberId id, String name, VaultRole role, Optional<Instant> until) {}
