package dev.cofre.server.domain;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Device;
import dev.cofre.protocol.team.Recipient;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Channel;
import dev.cofre.server.store.ChannelRow;
import dev.cofre.server.store.ChannelRows;
import dev.cofre.server.store.Raw;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Channels: checked once when they come, then only referred to.
@Singleton
class Channels {
  private final ChannelRows rows;

  Channels(ChannelRows rows) {
    this.rows = rows;
  }

  /// Stores the supplied channels and checks that every bundle goes to a current recipient of the vault, over a channel that
  /// leads to that recipient's current key.
  ///
  /// @throws Refusal when one does not
  void require(
      TeamState team, VaultId vault, List<SignedBytes> supplied, Collection<Bundle> bundles) {
    Map<Hash, ChannelRow> known = new HashMap<>();
    List<ChannelRow> fresh = new ArrayList<>();
    for (SignedBytes bytes : supplied) {
      ChannelRow row = verified(team, vault, bytes);
      if (known.put(new Hash(row.channel()), row) == null) {
        fresh.add(row);
      }
    }
    Set<Hash> missing =
        bundles.stream()
            .map(Bundle::channel)
            .filter(c -> !known.containsKey(c))
            .collect(Collectors.toSet());
    if (!missing.isEmpty()) {
      rows.find(team.id().value(), vault.value(), Raw.of(missing))
          .forEach(row -> known.put(new Hash(row.channel()), row));
    }
    Map<?, Recipient> recipients = team.recipients(vault);
    for (Bundle bundle : bundles) {
      requireCurrent(bundle, known.get(bundle.channel()), recipients.get(bundle.recipient()));
    }
    if (!fresh.isEmpty()) {
      rows.insertAll(fresh);
    }
  }

  private static void requireCurrent(
      Bundle bundle, @Nullable ChannelRow channel, @Nullable Recipient recipient) {
    boolean right =
        channel != null
            && recipient != null
            && channel.recipient().equals(bundle.recipient().value())
            && channel.recipientKey().equals(recipient.keyHash().value());
    Refusal.unless(
        right,
        Problem.WRONG_RECIPIENTS,
        "a bundle is not for a current recipient, over a channel to their current key");
  }

  private static ChannelRow verified(TeamState team, VaultId vault, SignedBytes bytes) {
    Signed<Channel> signed = read(bytes);
    Channel channel = signed.value();
    Optional<Device> device =
        Optional.ofNullable(team.devices().get(channel.device()))
            .filter(d -> d.live() && d.member().equals(channel.sender()))
            .filter(d -> d.keys().signingKey().equals(channel.deviceKey()));
    boolean right =
        channel.team().equals(team.id())
            && channel.vault().equals(vault)
            && team.roles(vault).containsKey(channel.sender())
            && device.filter(d -> signed.verifies(d.keys().signingKey())).isPresent();
    Refusal.unless(right, Problem.WRONG_RECIPIENTS, "a channel is not one of this vault's members");
    return new ChannelRow(
        team.id().value(),
        vault.value(),
        signed.hash().value(),
        channel.recipient().value(),
        channel.recipientKey().value(),
        bytes.payload(),
        bytes.signature());
  }

  private static Signed<Channel> read(SignedBytes bytes) {
    try {
      return Channel.read(bytes);
    } catch (MalformedException malformed) {
      throw Refusal.of(malformed);
    }
  }

  /// The channels of bundles.
  List<SignedBytes> of(TeamId team, VaultId vault, Collection<Bundle> bundles) {
    Set<Hash> ids = bundles.stream().map(Bundle::channel).collect(Collectors.toSet());
    if (ids.isEmpty()) {
      return List.of();
    }
    return rows.find(team.value(), vault.value(), Raw.of(ids)).stream()
        .map(r -> new SignedBytes(r.payload(), r.signature()))
        .toList();
  }
}
