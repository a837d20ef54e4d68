package dev.cofre.client.transfer;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import java.io.InputStream;
import java.util.OptionalLong;

/// Where the ciphertext of blobs comes from. Nothing it gives is to be believed.
@FunctionalInterface
public interface BlobSource {
  /// A blob's ciphertext from `offset` on, `length` bytes of it or the rest, as [Server#blob] gives it. The caller closes it.
  InputStream open(BlobId blob, long offset, OptionalLong length) throws CofreException;

  /// The blobs of a vault, for its members.
  static BlobSource of(Server server, TeamId team, VaultId vault) {
    return (blob, offset, length) -> server.blob(team, vault, blob, offset, length);
  }
}
