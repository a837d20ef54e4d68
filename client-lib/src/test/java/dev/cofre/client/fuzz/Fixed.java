package dev.cofre.client.fuzz;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import java.util.Arrays;

/// Ids, keys and randomness that are the same in every run.
final class Fixed {
  static final String ORIGIN = "https://cofre.example";
  static final TeamId TEAM = new TeamId(bytes(32, 1));
  static final VaultId VAULT = new VaultId(bytes(32, 2));
  static final FileId FILE = new FileId(bytes(16, 3));
  static final RevisionId REVISION = new RevisionId(bytes(16, 4));
  static final BlobId BLOB = new BlobId(bytes(16, 5));
  static final MemberId MEMBER = new MemberId(bytes(16, 6));
  static final DeviceId DEVICE = new DeviceId(bytes(16, 7));
  static final InviteId INVITE = new InviteId(bytes(16, 8));
  static final Hash HASH = new Hash(bytes(32, 9));
  static final Head HEAD = new Head(10, HASH);

  private Fixed() {}

  static Bytes bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }

  /// A key of 32 bytes, owned by the caller.
  static SecretBytes key() {
    return SecretBytes.taking(bytes(32, 11).toArray());
  }

  /// Randomness that is none.
  static RandomSource random() {
    return target -> Arrays.fill(target, (byte) 12);
  }
}
