package dev.cofre.client.remote;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
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
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sends;
import dev.cofre.protocol.api.ServerInfo;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.cbor.Codec;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/// The server over HTTP/1.1 of the JDK's `HttpURLConnection`, which starts in a tenth of the time of the newer client.
///
/// Talks to one origin only. Calls that may be repeated are repeated with growing pauses when the connection fails or the
/// server asks for time; the session is opened on first use and once again when the server no longer knows it.
public final class HttpRemote implements Server {
  /// The longest message of a relay in bytes.
  public static final int MAX_RELAY = 64 << 10;

  private static final Codec<Head> HEAD = Codec.of(Head.class);
  private static final int SHORT = 64 << 10;
  private static final int STATE = 256 << 10;

  private final Calls calls;
  private final Direct direct;

  private HttpRemote(Origin origin, Network network, Optional<LoginSigner> signer) {
    this.calls = new Calls(origin, network, signer);
    this.direct = new Direct(calls, origin, network.clock());
  }

  /// Without a login: for the server's own description, registering a team, filling a relay. Any other call is an
  /// [IllegalStateException].
  public static HttpRemote anonymous(Origin origin, Network network) {
    return new HttpRemote(origin, network, Optional.empty());
  }

  /// With a login that happens when first needed.
  public static HttpRemote loggingIn(Origin origin, LoginSigner signer, Network network) {
    return new HttpRemote(origin, network, Optional.of(signer));
  }

  @Override
  public ServerInfo info() throws CofreException {
    return calls.record(Request.of(Route.SERVER), Optional.empty(), ServerInfo.CODEC, SHORT);
  }

  @Override
  public TeamId createTeam(Teams.Create request) throws CofreException {
    calls.requireItsOwnAddress();
    byte[] body = Teams.Create.CODEC.encode(request);
    Request create = Request.of(Route.CREATE_TEAM).with(body).once();
    return calls.record(create, Optional.empty(), Teams.Created.CODEC, SHORT).team();
  }

  @Override
  public void endSession(TeamId team) throws CofreException {
    calls.endSession(team);
  }

  @Override
  public Teams.LogPage log(TeamId team, OptionalLong after) throws CofreException {
    Request request = Request.of(Route.LOG, team);
    return record(
        after.isPresent() ? request.query("after=" + after.getAsLong()) : request,
        team,
        Teams.LogPage.CODEC,
        Commits.MAX_BODY);
  }

  @Override
  public Head append(TeamId team, Teams.Append request) throws CofreException {
    byte[] body = Teams.Append.CODEC.encode(request);
    return record(Request.of(Route.APPEND_ENTRY, team).with(body), team, HEAD, SHORT);
  }

  @Override
  public Teams.Profiles profiles(TeamId team) throws CofreException {
    return record(Request.of(Route.PROFILES, team), team, Teams.Profiles.CODEC, Commits.MAX_BODY);
  }

  @Override
  public void openRelay(TeamId team, RelayId relay) throws CofreException {
    nothing(Request.of(Route.OPEN_RELAY, team, relay), team);
  }

  @Override
  public void fillRelay(TeamId team, RelayId relay, Bytes message) throws CofreException {
    if (message.length() > MAX_RELAY) {
      throw new IllegalArgumentException("a message of more than 64 KiB");
    }
    Request fill = Request.of(Route.FILL_RELAY, team, relay).with(message.toArray()).once();
    calls.nothing(fill, Optional.empty());
  }

  @Override
  public Optional<Bytes> readRelay(TeamId team, RelayId relay) throws CofreException {
    try {
      Request read = Request.of(Route.READ_RELAY, team, relay);
      return Optional.of(Bytes.of(calls.bytes(read, Optional.of(team), MAX_RELAY)));
    } catch (Refused refused) {
      if (refused.code().equals(Problem.NOT_FOUND.code())) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  @Override
  public Commits.Page commits(TeamId team, VaultId vault, long after, int limit)
      throws CofreException {
    return commits(team, vault, "after=" + after + "&limit=" + limit);
  }

  @Override
  public Commits.Page chain(TeamId team, VaultId vault, long after, int limit)
      throws CofreException {
    return commits(team, vault, "after=" + after + "&limit=" + limit + "&only=chain");
  }

  private Commits.Page commits(TeamId team, VaultId vault, String query) throws CofreException {
    return record(
        Request.of(Route.COMMITS, team, vault).query(query),
        team,
        Commits.Page.CODEC,
        Commits.MAX_BODY);
  }

  @Override
  public Head append(TeamId team, VaultId vault, Commits.Append request) throws CofreException {
    byte[] body = Commits.Append.CODEC.encode(request);
    return record(Request.of(Route.APPEND_COMMIT, team, vault).with(body), team, HEAD, SHORT);
  }

  @Override
  public Commits.BundlePage bundles(TeamId team, VaultId vault, long from, long to)
      throws CofreException {
    String query = "from=" + from + "&to=" + to;
    return record(
        Request.of(Route.BUNDLES, team, vault).query(query),
        team,
        Commits.BundlePage.CODEC,
        Commits.MAX_BODY);
  }

  @Override
  public void addBundles(TeamId team, VaultId vault, Commits.Bundles bundles)
      throws CofreException {
    byte[] body = Commits.Bundles.CODEC.encode(bundles);
    nothing(Request.of(Route.ADD_BUNDLES, team, vault).with(body), team);
  }

  @Override
  public void unusable(TeamId team, VaultId vault, Commits.Unusable commits) throws CofreException {
    byte[] body = Commits.Unusable.CODEC.encode(commits);
    nothing(Request.of(Route.UNUSABLE_WRAPS, team, vault).with(body), team);
  }

  @Override
  public Commits.Missing missing(TeamId team, VaultId vault) throws CofreException {
    return record(
        Request.of(Route.MISSING, team, vault), team, Commits.Missing.CODEC, Commits.MAX_BODY);
  }

  @Override
  public Commits.Fetched fetched(TeamId team, VaultId vault, MemberId member)
      throws CofreException {
    Request request = Request.of(Route.FETCHED, team, vault).query("member=" + member.hex());
    return record(request, team, Commits.Fetched.CODEC, SHORT);
  }

  @Override
  public Uploads.State beginUpload(TeamId team, VaultId vault, Uploads.Begin request)
      throws CofreException {
    byte[] body = Uploads.Begin.CODEC.encode(request);
    return record(
        Request.of(Route.BEGIN_UPLOAD, team, vault).with(body), team, Uploads.State.CODEC, STATE);
  }

  @Override
  public Uploads.State upload(TeamId team, VaultId vault, UploadId upload) throws CofreException {
    return record(Request.of(Route.UPLOAD, team, vault, upload), team, Uploads.State.CODEC, STATE);
  }

  @Override
  public void putPart(TeamId team, VaultId vault, UploadId upload, int number, ByteBuffer part)
      throws CofreException {
    if (!direct.put(team, vault, upload, number, part)) {
      nothing(Request.of(Route.PUT_PART, team, vault, upload, number).with(part), team);
    }
  }

  @Override
  public void completeUpload(TeamId team, VaultId vault, UploadId upload) throws CofreException {
    nothing(Request.of(Route.COMPLETE_UPLOAD, team, vault, upload), team);
  }

  @Override
  public void abortUpload(TeamId team, VaultId vault, UploadId upload) throws CofreException {
    nothing(Request.of(Route.ABORT_UPLOAD, team, vault, upload).once(), team);
  }

  @Override
  public InputStream blob(TeamId team, VaultId vault, BlobId blob, long offset, OptionalLong length)
      throws CofreException {
    Optional<InputStream> fromStorage = direct.get(team, vault, blob, offset, length);
    return fromStorage.isPresent()
        ? fromStorage.get()
        : calls.stream(
            Request.of(Route.BLOB, team, vault, blob), Optional.of(team), offset, length);
  }

  @Override
  public InputStream blobs(TeamId team, VaultId vault, Blobs.Wanted wanted) throws CofreException {
    byte[] body = Blobs.Wanted.CODEC.encode(wanted);
    Request request = Request.of(Route.BLOBS, team, vault).with(body);
    return calls.stream(request, Optional.of(team), 0, OptionalLong.empty());
  }

  @Override
  public Sends.Openings openings(TeamId team, VaultId vault, SendId send) throws CofreException {
    return record(Request.of(Route.OPENINGS, team, vault, send), team, Sends.Openings.CODEC, STATE);
  }

  @Override
  public Sends.State send(SendId send, Bytes access) throws CofreException {
    Request request = Request.of(Route.SEND, send).bearing(access);
    return calls.record(request, Optional.empty(), Sends.State.CODEC, SHORT);
  }

  @Override
  public Sends.Opened open(SendId send, Bytes access, Sends.Open open) throws CofreException {
    Request request =
        Request.of(Route.OPEN_SEND, send).bearing(access).with(Sends.Open.CODEC.encode(open));
    return calls.record(request, Optional.empty(), Sends.Opened.CODEC, SHORT);
  }

  @Override
  public InputStream blob(SendId send, Bytes opening, BlobId blob, long offset, OptionalLong length)
      throws CofreException {
    Request request = Request.of(Route.SEND_BLOB, send, blob).bearing(opening);
    return calls.stream(request, Optional.empty(), offset, length);
  }

  private <T> T record(Request request, TeamId team, Codec<T> codec, int maximum)
      throws CofreException {
    return calls.record(request, Optional.of(team), codec, maximum);
  }

  private void nothing(Request request, TeamId team) throws CofreException {
    calls.nothing(request, Optional.of(team));
  }
}
