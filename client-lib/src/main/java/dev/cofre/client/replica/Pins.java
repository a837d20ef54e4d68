package dev.cofre.client.replica;

import dev.cofre.protocol.Head;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.cbor.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The heads that this device has verified, and how much of its files belongs to them. A server that shows less than this has gone
/// back.
@Versioned
public record Pins(Head team, Extent teamLog, @Length(max = 1 << 16) List<OfVault> vaults) {
  static final Codec<Pins> CODEC = Codec.of(Pins.class);

  /// Copies the list.
  public Pins {
    vaults = List.copyOf(vaults);
  }

  /// The head of one vault.
  public record OfVault(VaultId vault, Head head, Extent chain, Extent index) {
    static OfVault none(VaultId vault) {
      return new OfVault(vault, Head.ofEmpty(vault), Extent.NONE, Extent.NONE);
    }
  }

  OfVault vault(VaultId vault) {
    Optional<OfVault> known = vaults.stream().filter(v -> v.vault().equals(vault)).findFirst();
    return known.orElseGet(() -> OfVault.none(vault));
  }

  Pins with(Head head, Extent log) {
    return new Pins(head, log, vaults);
  }

  Pins with(OfVault pin) {
    List<OfVault> changed = new ArrayList<>(vaults);
    changed.removeIf(v -> v.vault().equals(pin.vault()));
    changed.add(pin);
    return new Pins(team, teamLog, changed);
  }
}
