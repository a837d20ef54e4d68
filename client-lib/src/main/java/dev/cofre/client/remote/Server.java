package dev.cofre.client.remote;

import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Blobs;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Sends;
import dev.cofre.protocol.api.ServerInfo;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.api.Uploads;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/// The server as the client sees it: one method for each conversation of [dev.cofre.protocol.api.Route]. The whole network is
/// behind it. Nothing it returns is to be believed: callers verify.
///
/// Every method fails with [dev.cofre.client.failure.Unreachable] when no whole answer arrives,
/// [dev.cofre.client.failure.Refused] when the server declines (also when there is nothing: `not-found`),
/// [dev.cofre.client.failure.Malformed] or [dev.cofre.client.failure.Unsupported] when the answer is not of the protocol.
/// Safe for many threads.
public interface Server {
  /// What the server says about itself. No session.
  ServerInfo info() throws CofreException;

  /// Registers a team. No session; never repeated by itself. Not at a server that goes by another address: nobody could log in.
  TeamId createTeam(Teams.Create request) throws CofreException;

  /// Ends the session, if there is one.
  void endSession(TeamId team) throws CofreException;

  /// Entries above the seq `after`, or from the genesis on.
  Teams.LogPage log(TeamId team, OptionalLong after) throws CofreException;

  /// Appends an entry and returns the log's new head. The same signed bytes again are the same append.
  Head append(TeamId team, Teams.Append request) throws CofreException;

  /// Names and e-mail addresses of the team's members.
  Teams.Profiles profiles(TeamId team) throws CofreException;

  /// Opens a slot for one message of a new device.
  void openRelay(TeamId team, RelayId relay) throws CofreException;

  /// Fills a slot, once. No session; never repeated by itself. At most [HttpRemote#MAX_RELAY] bytes.
  void fillRelay(TeamId team, RelayId relay, Bytes message) throws CofreException;

  /// The message in a slot, once it is there.
  Optional<Bytes> readRelay(TeamId team, RelayId relay) throws CofreException;

  /// Up to `limit` (1..500) commits above the seq `after`.
  Commits.Page commits(TeamId team, VaultId vault, long after, int limit) throws CofreException;

  /// The same without records and wraps, for whoever has to name the head of a vault that they cannot read.
  Commits.Page chain(TeamId team, VaultId vault, long after, int limit) throws CofreException;

  /// Appends a commit and returns the vault's new head. The same signed bytes again are the same append.
  Head append(TeamId team, VaultId vault, Commits.Append request) throws CofreException;

  /// The caller's wraps of the commits `from`..`to`, at most 500 apart.
  Commits.BundlePage bundles(TeamId team, VaultId vault, long from, long to) throws CofreException;

  /// Adds wraps for recipients that lack them.
  void addBundles(TeamId team, VaultId vault, Commits.Bundles bundles) throws CofreException;

  /// Says that none of the caller's wraps of some commits opens, so that others wrap again.
  void unusable(TeamId team, VaultId vault, Commits.Unusable commits) throws CofreException;

  /// Who lacks wraps, as far as the server says.
  Commits.Missing missing(TeamId team, VaultId vault) throws CofreException;

  /// What a member fetched, as far as the server says.
  Commits.Fetched fetched(TeamId team, VaultId vault, MemberId member) throws CofreException;

  /// Starts an upload, or finds it again.
  Uploads.State beginUpload(TeamId team, VaultId vault, Uploads.Begin request)
      throws CofreException;

  /// What has arrived of an upload.
  Uploads.State upload(TeamId team, VaultId vault, UploadId upload) throws CofreException;

  /// Sends one part, numbered from 1: the remaining bytes of the buffer, which stays as it is and may be sent several times.
  void putPart(TeamId team, VaultId vault, UploadId upload, int number, ByteBuffer part)
      throws CofreException;

  /// Makes the uploaded blobs available to a commit.
  void completeUpload(TeamId team, VaultId vault, UploadId upload) throws CofreException;

  /// Gives an upload up. Tried once: a server that hears nothing collects what nobody completes.
  void abortUpload(TeamId team, VaultId vault, UploadId upload) throws CofreException;

  /// A blob's ciphertext from `offset` on, `length` bytes of it or the rest. The stream ends where the server said it would;
  /// a connection that breaks first is a [dev.cofre.client.failure.StreamFailure] of
  /// [dev.cofre.client.failure.Unreachable]. The caller closes it.
  InputStream blob(TeamId team, VaultId vault, BlobId blob, long offset, OptionalLong length)
      throws CofreException;

  /// The ciphertexts of 1 to [Blobs.Wanted#MAX] different blobs one after the other, at most [Blobs#MAX_BYTES] together. The stream ends as
  /// that of [#blob] does. The caller closes it.
  InputStream blobs(TeamId team, VaultId vault, Blobs.Wanted wanted) throws CofreException;

  /// How often a send was opened, as far as the server says.
  Sends.Openings openings(TeamId team, VaultId vault, SendId send) throws CofreException;

  /// What may be known of a send before it is opened. No session, but the token of its link.
  Sends.State send(SendId send, Bytes access) throws CofreException;

  /// Opens a send. No session, but the token of its link. The same request again is the same opening.
  Sends.Opened open(SendId send, Bytes access, Sends.Open open) throws CofreException;

  /// The ciphertext of one of a send's blobs, as [#blob(TeamId, VaultId, BlobId, long, OptionalLong)] gives it. No session, but the
  /// opening's token.
  InputStream blob(SendId send, Bytes opening, BlobId blob, long offset, OptionalLong length)
      throws CofreException;
}
