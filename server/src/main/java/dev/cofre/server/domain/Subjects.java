package dev.cofre.server.domain;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.api.Sessions.Subject;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;

/// How whoever logs in stands in rows: as CBOR.
public final class Subjects {
  private static final Codec<Subject> CODEC = Codec.of(Subject.class);

  private Subjects() {}

  /// The column's form.
  public static Bytes key(Subject subject) {
    return Bytes.of(CODEC.encode(subject));
  }

  /// Back from the column's form.
  public static Subject of(Bytes key) {
    try {
      return CODEC.decode(key.toArray());
    } catch (MalformedException malformed) {
      throw new IllegalStateException("a stored subject cannot be read", malformed);
    }
  }

  static Bytes key(DeviceId device) {
    return key(new Subject.OfDevice(device));
  }

  static Bytes key(InviteId invite) {
    return key(new Subject.OfInvite(invite));
  }
}
