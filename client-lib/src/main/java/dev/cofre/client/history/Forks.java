package dev.cofre.client.history;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Forked;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.replica.Replica;
import dev.cofre.client.replica.Stored;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.signed.SignedBytes;
import java.util.Optional;

/// What a device does about a server that shows different histories. Where two signed texts prove it, both are kept, and the device goes
/// no further: not even when the server shows again what it showed first.
final class Forks {
  private static final Codec<SignedBytes> CODEC = Codec.of(SignedBytes.class);
  private static final String CLAIMED =
      "Stop using this server, and talk to your colleagues by another way.";
  private static final String PROVEN =
      "Keep the evidence, and talk to your colleagues by another way. This device goes no further: when you trust a server again,"
          + " begin in an empty directory with another device of yours or a recovery kit.";

  private final Replica replica;

  Forks(Replica replica) {
    this.replica = replica;
  }

  /// A contradiction that no two signed texts prove: nothing of it was taken, and nothing is remembered.
  static Forked claimed(String what) {
    return new Forked(what, CLAIMED);
  }

  /// A contradiction between two texts whose signatures have been verified.
  ///
  /// @param name how the evidence is called
  Forked proven(String what, String name, SignedBytes ours, SignedBytes theirs) throws LocalState {
    Stored.Alarm alarm = new Stored.Alarm(what, name);
    replica.raise(alarm, CODEC.encode(ours), CODEC.encode(theirs));
    return failure(alarm);
  }

  /// @throws Forked when this device has had proof of a fork
  void requireNone() throws CofreException {
    Optional<Stored.Alarm> alarm = replica.alarm();
    if (alarm.isPresent()) {
      throw failure(alarm.get());
    }
  }

  private Forked failure(Stored.Alarm alarm) {
    return new Forked(
        alarm.what()
            + "; evidence in "
            + replica.evidence(alarm, "ours")
            + " and "
            + replica.evidence(alarm, "theirs"),
        PROVEN);
  }
}
