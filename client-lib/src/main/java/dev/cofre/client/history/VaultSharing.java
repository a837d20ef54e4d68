package dev.cofre.client.history;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.remote.Underway;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.team.Recipient;
import dev.cofre.protocol.vault.Bundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Wraps existing record keys for one more recipient, and gives the wraps to the server while the next ones are made.
public final class VaultSharing implements AutoCloseable {
  private static final int BUNDLES_AT_ONCE = 2;

  private final VaultHistory history;
  private final OwnChannels channels;
  private final Channels.End channel;
  private final WrapBundles wraps;
  private final List<Bundle> bundles = new ArrayList<>();
  private Optional<Underway<List<Hash>>> sending = Optional.empty();

  private VaultSharing(
      VaultHistory history, Recipient recipient, OwnChannels channels, Channels.End channel) {
    this.history = history;
    this.channels = channels;
    this.channel = channel;
    this.wraps = new WrapBundles(history, recipient.member(), channel, this::take);
  }

  /// Shares with a recipient whom the verified log proves.
  public static VaultSharing with(VaultHistory history, Recipient recipient) throws CofreException {
    OwnChannels channels = OwnChannels.open(history.connection(), history.store());
    return new VaultSharing(history, recipient, channels, channels.to(recipient));
  }

  /// Adds a readable revision; places only ever ascend.
  ///
  /// @throws CofreException [Tampered] when its key is not the one that its sealed record is committed to
  public void add(Revision revision) throws CofreException {
    wraps.add(revision);
  }

  private void take(Bundle bundle) throws CofreException {
    bundles.add(bundle);
    if (bundles.size() == BUNDLES_AT_ONCE) {
      send();
    }
  }

  /// Begins to send what is full, once what was sent before has arrived.
  private void send() throws CofreException {
    arrive();
    if (bundles.isEmpty()) {
      return;
    }
    Connection connection = history.connection();
    List<Hash> used = List.of(channel.id());
    Commits.Bundles full =
        new Commits.Bundles(List.copyOf(bundles), channels.unknownToServer(used));
    sending =
        Optional.of(
            new Underway<>(() -> {
              connection.server().addBundles(connection.team(), history.vault(), full);
              return used;
            }));
    bundles.clear();
  }

  private void arrive() throws CofreException {
    if (sending.isPresent()) {
      channels.taken(sending.get().await());
      sending = Optional.empty();
    }
  }

  /// Sends what is left, and comes back when all has arrived.
  public void finish() throws CofreException {
    wraps.finish();
    send();
    arrive();
  }

  @Override
  public void close() {
    sending.ifPresent(Underway::close);
    channels.close();
  }
}
