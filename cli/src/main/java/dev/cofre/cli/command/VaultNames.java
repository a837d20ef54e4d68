package dev.cofre.cli.command;

import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.VaultId;
import java.util.Map;
import java.util.stream.Collectors;

/// The names of the vaults that this member can see; the beginning of the id stands for the others.
final class VaultNames {
  private final Map<VaultId, String> names;

  private VaultNames(Map<VaultId, String> names) {
    this.names = names;
  }

  static VaultNames of(Run run) throws CofreException {
    return new VaultNames(
        run.cofre().vaults().stream()
            .collect(Collectors.toMap(Vault::id, Vault::name, (a, _) -> a)));
  }

  String of(VaultId vault) {
    return names.getOrDefault(vault, Words.shortId(vault));
  }
}
