package dev.cofre.client.history;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.keys.Wraps;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.team.Recipient;
import dev.cofre.protocol.vault.Bundle;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// Wraps existing record keys for one more recipient, in bundles of up to 1 MiB of wraps. A key is wrapped again only after the sealed
/// record's commitment has been compared with it.
public final class VaultSharing implements AutoCloseable {
  private static final int MAX_WRAPS = (1 << 20) / Bundle.WRAP_LENGTH;
  private static final int BUNDLES_AT_ONCE = 2;

  private final VaultHistory history;
  private final Recipient recipient;
  private final OwnChannels channels;
  private final Channels.End channel;
  private final List<Bundle> bundles = new ArrayList<>();
  private final List<Bundle.Run> runs = new ArrayList<>();
  private final ByteArrayOutputStream run = new ByteArrayOutputStream();
  private Revision.Place first = new Revision.Place(0, 0, 0);
  private int inRun;
  private int inBundle;

  private VaultSharing(
      VaultHistory history, Recipient recipient, OwnChannels channels, Channels.End channel) {
    this.history = history;
    this.recipient = recipient;
    this.channels = channels;
    this.channel = channel;
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
    SecretBytes key = revision.key().orElseThrow(() -> new Tampered("a record's key"));
    if (!SealedRecords.matches(history.place(revision.put()), key, revision.seal())) {
      throw new Tampered("a record's key");
    }
    Revision.Place place = revision.place();
    boolean follows =
        inRun > 0 && place.seq() == first.seq() && place.slot() == first.slot() + inRun;
    if (!follows) {
      endRun();
      first = place;
    }
    Bytes wrap =
        Wraps.wrap(channel.secret(), channel.id(), revision.id(), revision.put().record(), key);
    run.writeBytes(wrap.toArray());
    inRun++;
    if (++inBundle == MAX_WRAPS) {
      endBundle();
    }
  }

  private void endRun() {
    if (inRun > 0) {
      runs.add(new Bundle.Run(first.seq(), first.slot(), Bytes.of(run.toByteArray())));
      run.reset();
      inRun = 0;
    }
  }

  private void endBundle() throws CofreException {
    endRun();
    if (!runs.isEmpty()) {
      bundles.add(new Bundle(recipient.member(), channel.id(), runs));
      runs.clear();
      inBundle = 0;
    }
    if (bundles.size() == BUNDLES_AT_ONCE) {
      send();
    }
  }

  private void send() throws CofreException {
    if (bundles.isEmpty()) {
      return;
    }
    Connection connection = history.connection();
    List<Hash> used = List.of(channel.id());
    connection
        .server()
        .addBundles(
            connection.team(),
            history.vault(),
            new Commits.Bundles(List.copyOf(bundles), channels.unknownToServer(used)));
    channels.taken(used);
    bundles.clear();
  }

  /// Sends what is left.
  public void finish() throws CofreException {
    endBundle();
    send();
  }

  @Override
  public void close() {
    channels.close();
  }
}
