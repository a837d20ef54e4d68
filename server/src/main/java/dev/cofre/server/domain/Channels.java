package dev.cofre.server.domain;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Recipient;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Channel;
import dev.cofre.server.store.ChannelRow;
import dev.cofre.server.store.ChannelRows;
import dev.cofre.server.store.Raw;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

  /// Reads the channels that a request brings and checks their signatures; whether the log knows their keys is for [#require].
  ///
  /// @throws Refusal when one cannot be read, is not signed by the key in it, or is used by no bundle
  static List<Signed<Channel>> read(List<SignedBytes> supplied, Collection<Bundle> bundles) {
    Set<Hash> used = bundles.stream().map(Bundle::channel).collect(Collectors.toSet());
    Map<Hash, Signed<Channel>> read = new LinkedHashMap<>();
    for (SignedBytes bytes : supplied) {
      Signed<Channel> signed = read(bytes);
      Refusal.unless(
          used.contains(signed.hash()), Problem.WRONG_RECIPIENTS, "a channel that no bundle uses");
      if (read.put(signed.hash(), signed) == null) {
        Refusal.unless(
            signed.verifies(signed.value().deviceKey()),
            Problem.WRONG_RECIPIENTS,
            "a channel is not signed by its device");
      }
    }
    return List.copyOf(read.values());
  }

  /// The channels of bundles that a request does not bring.
  static List<Hash> notBrought(List<Signed<Channel>> brought, Collection<Bundle> bundles) {
    Set<Hash> hashes = brought.stream().map(Signed::hash).collect(Collectors.toSet());
    return bundles.stream()
        .map(Bundle::channel)
        .filter(c -> !hashes.contains(c))
        .distinct()
        .toList();
  }

  /// Those of the channels that a request does not bring which are here.
  List<ChannelRow> known(
      TeamId team, VaultId vault, List<Signed<Channel>> brought, Collection<Bundle> bundles) {
    List<Hash> missing = notBrought(brought, bundles);
    return missing.isEmpty() ? List.of() : rows.find(team.value(), vault.value(), Raw.of(missing));
  }

  /// Stores channels and checks that every bundle goes to a current recipient of the vault, over a channel of the sender's
  /// that leads to that recipient's current key.
  ///
  /// @param stored the channels of bundles that are here already
  /// @throws Refusal when one does not
  void require(
      TeamState team,
      VaultId vault,
      MemberId sender,
      List<Signed<Channel>> brought,
      Collection<Bundle> bundles,
      List<ChannelRow> stored) {
    Map<Hash, Channel> known = new HashMap<>();
    for (Signed<Channel> signed : brought) {
      requireMember(team, vault, signed.value());
      known.put(signed.hash(), signed.value());
    }
    stored.forEach(row ->
        known.put(
            new Hash(row.channel()),
            read(new SignedBytes(row.payload(), row.signature())).value()));
    Map<?, Recipient> recipients = team.recipients(vault);
    for (Bundle bundle : bundles) {
      Channel channel = known.get(bundle.channel());
      requireCurrent(bundle, channel, recipients.get(bundle.recipient()));
      Refusal.unless(
          channel != null && channel.sender().equals(sender),
          Problem.WRONG_RECIPIENTS,
          "a bundle over another member's channel");
    }
    if (!brought.isEmpty()) {
      rows.insertAll(brought.stream().map(Channels::row).toList());
    }
  }

  private static void requireCurrent(
      Bundle bundle, @Nullable Channel channel, @Nullable Recipient recipient) {
    boolean right =
        channel != null
            && recipient != null
            && channel.recipient().equals(bundle.recipient())
            && channel.recipientKey().equals(recipient.keyHash());
    Refusal.unless(
        right,
        Problem.WRONG_RECIPIENTS,
        "a bundle is not for a current recipient, over a channel to their current key");
  }

  private static void requireMember(TeamState team, VaultId vault, Channel channel) {
    boolean right =
        channel.team().equals(team.id())
            && channel.vault().equals(vault)
            && team.roles(vault).containsKey(channel.sender())
            && Optional.ofNullable(team.devices().get(channel.device()))
                .filter(d -> d.live() && d.member().equals(channel.sender()))
                .filter(d -> d.keys().signingKey().equals(channel.deviceKey()))
                .isPresent();
    Refusal.unless(right, Problem.WRONG_RECIPIENTS, "a channel is not one of this vault's members");
  }

  private static ChannelRow row(Signed<Channel> signed) {
    Channel channel = signed.value();
    return new ChannelRow(
        channel.team().value(),
        channel.vault().value(),
        signed.hash().value(),
        channel.recipient().value(),
        channel.recipientKey().value(),
        signed.bytes().payload(),
        signed.bytes().signature());
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
