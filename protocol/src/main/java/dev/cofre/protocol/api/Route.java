package dev.cofre.protocol.api;

import dev.cofre.protocol.Head;
import dev.cofre.protocol.Id;

/// Every conversation of client and server: method, path, and what the bodies are. Bodies are CBOR (`application/cbor`) of
/// the named records, except that parts, blobs and relayed bytes travel raw (`application/octet-stream`) and refusals are
/// RFC 9457 problems whose code is repeated in the header [Problem#HEADER], the only part of them a client reads.
/// All paths but the first four, [#FILL_RELAY] and those of a send's link need a session: `Authorization: Bearer` with the token in unpadded base64url.
public enum Route {
  /// What the server is.
  SERVER(Method.GET, "/v1/server", Nothing.class, ServerInfo.class),
  /// Registers a team by its genesis.
  CREATE_TEAM(Method.POST, "/v1/teams", Teams.Create.class, Teams.Created.class),
  /// A nonce to sign.
  CHALLENGE(
      Method.POST, "/v1/teams/{team}/challenges", Sessions.Ask.class, Sessions.Challenge.class),
  /// Opens a session for a device, or for an invitation (which may read the log and append its join).
  OPEN_SESSION(
      Method.POST, "/v1/teams/{team}/sessions", Sessions.Open.class, Sessions.Opened.class),
  /// Ends the caller's session.
  END_SESSION(Method.DELETE, "/v1/teams/{team}/sessions", Nothing.class, Nothing.class),
  /// The team log after a place: query `after` (seq; entries above it follow) or nothing for all.
  LOG(Method.GET, "/v1/teams/{team}/log", Nothing.class, Teams.LogPage.class),
  /// Appends to the team log.
  APPEND_ENTRY(Method.POST, "/v1/teams/{team}/log", Teams.Append.class, Head.class),
  /// Names and e-mail addresses of the team's members.
  PROFILES(Method.GET, "/v1/teams/{team}/profiles", Nothing.class, Teams.Profiles.class),
  /// Opens a slot through which a new device can send one message to its member's existing device.
  OPEN_RELAY(Method.POST, "/v1/teams/{team}/relays/{relay}", Nothing.class, Nothing.class),
  /// Fills a slot, once; no session.
  FILL_RELAY(Method.PUT, "/v1/teams/{team}/relays/{relay}", Raw.class, Nothing.class),
  /// Reads a slot; 404 until it is filled.
  READ_RELAY(Method.GET, "/v1/teams/{team}/relays/{relay}", Nothing.class, Raw.class),
  /// A vault's history after a place: query `after` (seq) and `limit` (commits, 1..500). With `only=chain` the signed commits
  /// without records and wraps; so may admins, owners and members whose date is past ask too, who have to name its head.
  COMMITS(Method.GET, "/v1/teams/{team}/vaults/{vault}/commits", Nothing.class, Commits.Page.class),
  /// Appends to a vault's history.
  APPEND_COMMIT(
      Method.POST, "/v1/teams/{team}/vaults/{vault}/commits", Commits.Append.class, Head.class),
  /// The caller's wraps of commits `from`..`to` (query, seqs, at most 500 apart), the newest bundles last;
  /// perhaps not as far as `to`.
  BUNDLES(
      Method.GET,
      "/v1/teams/{team}/vaults/{vault}/bundles",
      Nothing.class,
      Commits.BundlePage.class),
  /// Adds wraps for recipients that lack them.
  ADD_BUNDLES(
      Method.POST, "/v1/teams/{team}/vaults/{vault}/bundles", Commits.Bundles.class, Nothing.class),
  /// Says that none of the caller's wraps of some commits opens. They stay, but no longer count in [#MISSING], until newer ones come.
  UNUSABLE_WRAPS(
      Method.POST,
      "/v1/teams/{team}/vaults/{vault}/bundles/unusable",
      Commits.Unusable.class,
      Nothing.class),
  /// Which recipients lack wraps, as far as the server says.
  MISSING(
      Method.GET, "/v1/teams/{team}/vaults/{vault}/missing", Nothing.class, Commits.Missing.class),
  /// What a member fetched from the vault: query `member` (hex).
  FETCHED(
      Method.GET, "/v1/teams/{team}/vaults/{vault}/fetched", Nothing.class, Commits.Fetched.class),
  /// Starts, or finds again, an upload.
  BEGIN_UPLOAD(
      Method.POST,
      "/v1/teams/{team}/vaults/{vault}/uploads",
      Uploads.Begin.class,
      Uploads.State.class),
  /// What has arrived.
  UPLOAD(
      Method.GET,
      "/v1/teams/{team}/vaults/{vault}/uploads/{upload}",
      Nothing.class,
      Uploads.State.class),
  /// One part; its length is the part size, but for the last. Parts may arrive in any order and again.
  PUT_PART(
      Method.PUT,
      "/v1/teams/{team}/vaults/{vault}/uploads/{upload}/parts/{part}",
      Raw.class,
      Nothing.class),
  /// Where in the storage the sender may put a part itself, of these bytes and for [Blobs#ADDRESS_SECONDS]; or nowhere: then by
  /// [#PUT_PART].
  PART_ADDRESS(
      Method.POST,
      "/v1/teams/{team}/vaults/{vault}/uploads/{upload}/parts/{part}/address",
      Uploads.PartHash.class,
      Blobs.Address.class),
  /// Says that a part is in the storage, and what the storage called it.
  PART_STORED(
      Method.POST,
      "/v1/teams/{team}/vaults/{vault}/uploads/{upload}/parts/{part}/stored",
      Uploads.Receipt.class,
      Nothing.class),
  /// Makes the uploaded blobs available to a commit. Repeating it is harmless.
  COMPLETE_UPLOAD(
      Method.POST,
      "/v1/teams/{team}/vaults/{vault}/uploads/{upload}/complete",
      Nothing.class,
      Nothing.class),
  /// Gives an upload up.
  ABORT_UPLOAD(
      Method.DELETE,
      "/v1/teams/{team}/vaults/{vault}/uploads/{upload}",
      Nothing.class,
      Nothing.class),
  /// A blob's ciphertext; `Range: bytes=a-b` or `bytes=a-` is honoured.
  BLOB(Method.GET, "/v1/teams/{team}/vaults/{vault}/blobs/{blob}", Nothing.class, Raw.class),
  /// Where in the storage the caller may read a blob itself, for [Blobs#ADDRESS_SECONDS]; or nowhere: then by [#BLOB].
  BLOB_ADDRESS(
      Method.GET,
      "/v1/teams/{team}/vaults/{vault}/blobs/{blob}/address",
      Nothing.class,
      Blobs.Address.class),
  /// The ciphertexts of several blobs, one after the other in the order asked for; of all of them or, where one cannot be had, none.
  BLOBS(Method.POST, "/v1/teams/{team}/vaults/{vault}/blobs", Blobs.Wanted.class, Raw.class),
  /// How often a send was opened, when and from where, for the vault's members.
  OPENINGS(
      Method.GET,
      "/v1/teams/{team}/vaults/{vault}/sends/{send}",
      Nothing.class,
      Sends.Openings.class),
  /// What whoever has a send's link may know before they open it. Instead of a session's token that of the link.
  SEND(Method.GET, "/v1/sends/{send}", Nothing.class, Sends.State.class),
  /// Opens a send, with the link's token. Repeating it is harmless.
  OPEN_SEND(Method.POST, "/v1/sends/{send}/open", Sends.Open.class, Sends.Opened.class),
  /// A content of a send, with the opening's token; `Range` is honoured as for [#BLOB].
  SEND_BLOB(Method.GET, "/v1/sends/{send}/blobs/{blob}", Nothing.class, Raw.class);

  private final Method method;
  private final String template;
  private final Class<?> request;
  private final Class<?> response;

  Route(Method method, String template, Class<?> request, Class<?> response) {
    this.method = method;
    this.template = template;
    this.request = request;
    this.response = response;
  }

  /// The HTTP method.
  public Method method() {
    return method;
  }

  /// The path with `{name}` in place of ids.
  public String template() {
    return template;
  }

  /// The request body's record, [Nothing] or [Raw].
  public Class<?> request() {
    return request;
  }

  /// The response body's record, [Nothing] or [Raw].
  public Class<?> response() {
    return response;
  }

  /// The path with the ids in hexadecimal, and a decimal part number where there is one.
  ///
  /// @throws IllegalArgumentException when their number is not the template's
  public String path(Object... values) {
    String path = template;
    for (Object value : values) {
      if (!path.contains("{")) {
        throw new IllegalArgumentException("too many ids for " + template);
      }
      int open = path.indexOf('{');
      String text = value instanceof Id id ? id.hex() : Integer.toString((Integer) value);
      path = path.substring(0, open) + text + path.substring(path.indexOf('}', open) + 1);
    }
    if (path.contains("{")) {
      throw new IllegalArgumentException("too few ids for " + template);
    }
    return path;
  }

  /// HTTP methods in use.
  public enum Method {
    /// Reads.
    GET,
    /// Adds.
    POST,
    /// Sets.
    PUT,
    /// Ends.
    DELETE
  }

  /// An empty body.
  public record Nothing() {}

  /// A body of raw bytes.
  public record Raw() {}
}
