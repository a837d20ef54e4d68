package dev.cofre.client.history;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.replica.Stored;
import dev.cofre.client.replica.VaultStore;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Recipient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The channels that this device made in a vault, one for each recipient's key. They are remembered once the server has them; a new one
/// costs little.
final class OwnChannels implements AutoCloseable {
  private final Connection connection;
  private final VaultStore store;
  private final List<Stored.OwnChannel> known;
  private final Map<Recipient, Channels.End> ends = new HashMap<>();
  private final Map<Hash, Stored.OwnChannel> fresh = new HashMap<>();

  private OwnChannels(Connection connection, VaultStore store, List<Stored.OwnChannel> known) {
    this.connection = connection;
    this.store = store;
    this.known = new ArrayList<>(known);
  }

  static OwnChannels open(Connection connection, VaultStore store) throws LocalState {
    return new OwnChannels(connection, store, store.channels());
  }

  /// The channel to a recipient, made if need be.
  Channels.End to(Recipient recipient) throws CofreException {
    Channels.End end = ends.get(recipient);
    if (end == null) {
      Optional<Stored.OwnChannel> remembered =
          known.stream()
              .filter(c -> c.recipient().equals(recipient.member()))
              .filter(c -> c.recipientKey().equals(recipient.keyHash()))
              .findFirst();
      end = remembered.isPresent() ? read(remembered.get()) : make(recipient);
      ends.put(recipient, end);
    }
    return end;
  }

  private static Channels.End read(Stored.OwnChannel stored) {
    return new Channels.End(stored.channel(), SecretBytes.taking(stored.secret().toArray()));
  }

  private Channels.End make(Recipient recipient) throws CofreException {
    Channels.End end =
        Channels.make(
            connection.identity(),
            connection.team(),
            store.vault(),
            recipient,
            connection.random());
    fresh.put(
        end.id(),
        new Stored.OwnChannel(
            recipient.member(),
            recipient.keyHash(),
            end.bytes(),
            Bytes.of(end.secret().toArray())));
    return end;
  }

  /// Those of these channels that the server may not have yet.
  List<SignedBytes> unknownToServer(List<Hash> channels) {
    return channels.stream()
        .map(id -> Optional.ofNullable(fresh.get(id)))
        .flatMap(Optional::stream)
        .map(Stored.OwnChannel::channel)
        .distinct()
        .toList();
  }

  /// Remembers channels that the server has taken.
  void taken(List<Hash> channels) throws LocalState {
    boolean changed = false;
    for (Hash id : channels) {
      Optional<Stored.OwnChannel> channel = Optional.ofNullable(fresh.remove(id));
      if (channel.isPresent()) {
        known.removeIf(c -> c.recipient().equals(channel.get().recipient()));
        known.add(channel.get());
        changed = true;
      }
    }
    if (changed) {
      store.saveChannels(known);
    }
  }

  @Override
  public void close() {
    ends.values().forEach(Channels.End::close);
  }
}
