package dev.cofre.client.history;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.keys.Wraps;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.vault.Bundle;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// Wraps existing record keys for one recipient, in bundles of up to 1 MiB of wraps. A key is wrapped again only after the sealed record's
/// commitment has been compared with it.
public final class WrapBundles {
  private static final int MAX_WRAPS = (1 << 20) / Bundle.WRAP_LENGTH;

  private final VaultHistory history;
  private final MemberId recipient;
  private final Channels.End channel;
  private final Sink sink;
  private final List<Bundle.Run> runs = new ArrayList<>();
  private final ByteArrayOutputStream run = new ByteArrayOutputStream();
  private Revision.Place first = new Revision.Place(0, 0, 0);
  private int inRun;
  private int inBundle;

  /// Takes each bundle as it is full.
  @FunctionalInterface
  public interface Sink {
    /// One bundle.
    void take(Bundle bundle) throws CofreException;
  }

  /// Bundles over a channel to the recipient, which is borrowed.
  public WrapBundles(VaultHistory history, MemberId recipient, Channels.End channel, Sink sink) {
    this.history = history;
    this.recipient = recipient;
    this.channel = channel;
    this.sink = sink;
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
      finish();
    }
  }

  private void endRun() {
    if (inRun > 0) {
      runs.add(new Bundle.Run(first.seq(), first.slot(), Bytes.of(run.toByteArray())));
      run.reset();
      inRun = 0;
    }
  }

  /// Hands over what is left.
  public void finish() throws CofreException {
    endRun();
    if (!runs.isEmpty()) {
      sink.take(new Bundle(recipient, channel.id(), runs));
      runs.clear();
      inBundle = 0;
    }
  }
}
