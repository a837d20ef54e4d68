package dev.cofre.client.hostile;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Blobs;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Sends;
import dev.cofre.protocol.api.ServerInfo;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.team.TeamState;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// The server as one client sees it, over its [Line].
final class Conversation implements Server {
  private final Line line;
  private final Optional<Sessions.Subject> subject;

  Conversation(Line line, Optional<Sessions.Subject> subject) {
    this.line = line;
    this.subject = subject;
  }

  /// The member who logged in, while their device is live.
  private MemberId member(World world) throws Refused {
    TeamState team = world.state();
    if (subject.isPresent() && subject.get() instanceof Sessions.Subject.OfDevice(var device)) {
      return Optional.ofNullable(team.devices().get(device))
          .filter(known -> known.live())
          .map(known -> known.member())
          .orElseThrow(() -> World.refused(Problem.LOGIN_REFUSED, "no such device"));
    }
    throw World.refused(Problem.NO_SESSION, "no session of a member");
  }

  private Shelf shelf(VaultId vault, VaultRole needed) throws Refused {
    World world = line.vaults();
    Optional<VaultRole> role = Optional.ofNullable(world.state().roles(vault).get(member(world)));
    World.unless(role.isPresent(), Problem.NOT_FOUND);
    World.unless(role.get().atLeast(needed), Problem.NOT_ALLOWED);
    return world.shelf(vault);
  }

  @Override
  public TeamId createTeam(Teams.Create request) throws CofreException {
    line.log().remember();
    return line.log().start(request);
  }

  @Override
  public void endSession(TeamId team) {}

  @Override
  public Teams.LogPage log(TeamId team, OptionalLong after) throws CofreException {
    World.unless(line.log().state().id().equals(team), Problem.NOT_FOUND);
    return line.log().page(after);
  }

  @Override
  public Head append(TeamId team, Teams.Append request) throws CofreException {
    line.log().remember();
    return line.log().append(request);
  }

  @Override
  public Teams.Profiles profiles(TeamId team) {
    return new Teams.Profiles(line.log().profiles());
  }

  @Override
  public Commits.Page commits(TeamId team, VaultId vault, long after, int limit)
      throws CofreException {
    Shelf shelf = shelf(vault, VaultRole.VIEWER);
    return line.told(shelf.page(member(line.vaults()), after, limit));
  }

  @Override
  public Commits.Page chain(TeamId team, VaultId vault, long after, int limit)
      throws CofreException {
    return line.vaults().shelf(vault).chain(after, limit);
  }

  @Override
  public Head append(TeamId team, VaultId vault, Commits.Append request) throws CofreException {
    Shelf shelf = shelf(vault, VaultRole.EDITOR);
    line.vaults().remember();
    return shelf.append(line.vaults().state(), request);
  }

  @Override
  public Commits.BundlePage bundles(TeamId team, VaultId vault, long from, long to)
      throws CofreException {
    Shelf shelf = shelf(vault, VaultRole.VIEWER);
    return line.told(shelf.range(member(line.vaults()), from, to));
  }

  @Override
  public void addBundles(TeamId team, VaultId vault, Commits.Bundles bundles)
      throws CofreException {
    shelf(vault, VaultRole.EDITOR).add(bundles.bundles(), bundles.channels());
  }

  @Override
  public void unusable(TeamId team, VaultId vault, Commits.Unusable commits) throws CofreException {
    shelf(vault, VaultRole.VIEWER).discount(member(line.vaults()), commits);
  }

  @Override
  public Commits.Missing missing(TeamId team, VaultId vault) throws CofreException {
    return line.told(shelf(vault, VaultRole.VIEWER).missing(line.vaults().state()));
  }

  @Override
  public Commits.Fetched fetched(TeamId team, VaultId vault, MemberId member) {
    return new Commits.Fetched(0);
  }

  @Override
  public Uploads.State beginUpload(TeamId team, VaultId vault, Uploads.Begin request)
      throws CofreException {
    line.vaults()
        .uploads()
        .computeIfAbsent(request.upload(), _ -> new World.Upload(request, new TreeMap<>()));
    return upload(team, vault, request.upload());
  }

  @Override
  public Uploads.State upload(TeamId team, VaultId vault, UploadId upload) throws CofreException {
    World.Upload begun = begun(upload);
    return new Uploads.State(
        upload,
        begun.begin().length(),
        begun.parts().keySet().stream().map(Uploads.Part::new).toList(),
        Uploads.Stage.OPEN);
  }

  private World.Upload begun(UploadId upload) throws Refused {
    return Optional.ofNullable(line.vaults().uploads().get(upload))
        .orElseThrow(() -> World.refused(Problem.NOT_FOUND, "no such upload"));
  }

  @Override
  public void putPart(TeamId team, VaultId vault, UploadId upload, int number, ByteBuffer part)
      throws CofreException {
    byte[] bytes = new byte[part.remaining()];
    part.duplicate().get(bytes);
    begun(upload).parts().put(number, Bytes.of(bytes));
  }

  @Override
  public void completeUpload(TeamId team, VaultId vault, UploadId upload) throws CofreException {
    World.Upload begun = begun(upload);
    long arrived = begun.parts().values().stream().mapToLong(Bytes::length).sum();
    World.unless(arrived == begun.begin().length(), Problem.UPLOAD_INCOMPLETE);
    ByteBuffer object = ByteBuffer.allocate((int) arrived);
    begun.parts().values().forEach(part -> object.put(part.toArray()));
    object.flip();
    for (Uploads.Blob blob : begun.begin().blobs()) {
      byte[] bytes = new byte[(int) blob.length()];
      object.get(bytes);
      line.vaults().blobs().put(blob.blob(), bytes);
    }
  }

  @Override
  public void abortUpload(TeamId team, VaultId vault, UploadId upload) {
    line.vaults().uploads().remove(upload);
  }

  @Override
  public InputStream blob(TeamId team, VaultId vault, BlobId blob, long offset, OptionalLong length)
      throws CofreException {
    byte[] bytes = line.vaults().blobs().get(blob);
    if (bytes == null) {
      throw World.refused(Problem.NOT_FOUND, "no such blob");
    }
    int rest = (int) Math.min(length.orElse(Long.MAX_VALUE), bytes.length - offset);
    return new ByteArrayInputStream(bytes, (int) offset, rest);
  }

  @Override
  public InputStream blobs(TeamId team, VaultId vault, Blobs.Wanted wanted) throws CofreException {
    List<InputStream> streams = new ArrayList<>();
    for (BlobId blob : wanted.blobs()) {
      streams.add(blob(team, vault, blob, 0, OptionalLong.empty()));
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }

  @Override
  public ServerInfo info() {
    throw new AssertionError("nobody asks a conversation");
  }

  @Override
  public void openRelay(TeamId team, RelayId relay) {
    line.log().relays().put(relay, Optional.empty());
  }

  @Override
  public void fillRelay(TeamId team, RelayId relay, Bytes message) throws CofreException {
    World.unless(Optional.empty().equals(line.log().relays().get(relay)), Problem.NOT_FOUND);
    line.log().relays().put(relay, Optional.of(message));
  }

  @Override
  public Optional<Bytes> readRelay(TeamId team, RelayId relay) throws CofreException {
    return Optional.ofNullable(line.log().relays().get(relay))
        .orElseThrow(() -> World.refused(Problem.NOT_FOUND, "no such relay"));
  }

  @Override
  public Sends.Openings openings(TeamId team, VaultId vault, SendId send) throws CofreException {
    shelf(vault, VaultRole.VIEWER);
    return line.vaults().handouts().openings(send);
  }

  @Override
  public Sends.State send(SendId send, Bytes access) throws CofreException {
    return line.vaults().handouts().state(line.vaults(), send, Optional.of(access));
  }

  @Override
  public Sends.Opened open(SendId send, Bytes access, Sends.Open open) throws CofreException {
    return line.vaults().handouts().open(line.vaults(), send, Optional.of(access), open);
  }

  @Override
  public InputStream blob(SendId send, Bytes opening, BlobId blob, long offset, OptionalLong length)
      throws CofreException {
    byte[] bytes = line.vaults().handouts().blob(line.vaults(), send, Optional.of(opening), blob);
    int rest = (int) Math.min(length.orElse(Long.MAX_VALUE), bytes.length - offset);
    return new ByteArrayInputStream(bytes, (int) offset, rest);
  }
}
