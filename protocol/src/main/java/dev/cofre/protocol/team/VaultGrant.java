package dev.cofre.protocol.team;

import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultRole;

/// A vault promised in an invitation: the role, and the vault's head when it was promised, below which the newcomer accepts
/// no history.
public record VaultGrant(VaultHead vault, VaultRole role) {}
